using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>A noisy picture: its energy has no weights that a search chooses, so it tells how probable each pixel is.</summary>
/// <param name="named">The problem by its name.</param>
/// <param name="cleaning">The problem itself.</param>
sealed class CleaningTask(NamedProblem named, PictureCleaning cleaning) : NamedTask(named)
{
    readonly NamedProblem named = named;
    readonly Dictionary<string, int> known = [];

    public override void Clamp(IReadOnlyList<KeyValuePair<string, int>> values)
    {
        base.Clamp(values);
        foreach (var (name, value) in values) known[name] = value;
    }

    public override void Check(SearchRequest request)
    {
        base.Check(request with { Marginals = false, Temperature = null });
        request.RequireTemperature(cleaning.Problem.Compile().Energy);
    }

    /// <summary>Searches; with marginals the energy itself, whose weights are given, at the temperature that was asked for.</summary>
    public override SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch)
    {
        if (!request.Marginals) return base.Run(request, session, watch);
        CompiledProblem compiled = cleaning.Problem.Compile();
        ClampedEnergy energy = ClampedEnergy.Of(compiled.Energy, Enumerable.Range(0, cleaning.Problem.Variables)
            .Where(i => known.ContainsKey(NameOf(i))).ToDictionary(i => i, i => known[NameOf(i)] == 1));
        StopRule stop = request.Ends(session.Interrupted) with { Target = request.Target };
        SearchResult result = energy.Expand(Search.Best(energy.Energy, request.MethodFor(energy.Energy), stop, session.Seed,
            session.Placement.Backend, request.Solutions, Follow,
            StartState is byte[] start ? [energy.Project(start)] : null));
        return new(result, named.Value(compiled.Read([.. result.Assignment])))
        {
            Assignments = [.. result.Solutions.Select(solution => compiled.Read(solution.Assignment).Values.ToArray())],
            IsMissed = stop.Target is double target && result.Energy > target + 1e-9 * Math.Max(1, Math.Abs(target)),
        };

        void Follow(SearchRun run)
        {
            watch.Film?.Add(this, energy.Expand(run.CooledState() ?? run.BestState));
            watch.Tell(() => SearchStanding.Of(Objective, run));
        }
    }

    public override string NameOf(int variable) => $"row{variable / cleaning.Width + 1}.column{variable % cleaning.Width + 1}";
}
