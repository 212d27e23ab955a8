using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>An energy as a file states it: a graph to cut, a QUBO, spins, clauses.</summary>
sealed class EnergyTask(SearchProblem problem) : SearchTask
{
    ClampedEnergy? clamped;
    byte[]? start;

    public override string Name => problem.Name;
    public override string Format => problem.Format;
    public override string Kind => problem.Kind;
    public override SearchSubject Subject => problem.Clauses is null ? SearchSubject.Energy : SearchSubject.Clauses;
    public override bool HasHard => problem.Clauses is { Hard: > 0 };
    public override SearchObjective Objective => problem.Objective;
    public override SearchSizes Sizes => new(problem.Energy.Variables, problem.Energy.Pairs, problem.Clauses?.Count ?? 0, 0, 0);
    public override string Facts => SearchText.Facts(problem);
    public override IReadOnlyList<string> Warnings => problem.Warnings;

    public override IReadOnlyList<string> Endings => [".csv", ".json", ".npy", ".sol"];

    public override void Clamp(IReadOnlyList<KeyValuePair<string, int>> values) =>
        clamped = ClampedEnergy.Of(problem.Energy, problem.Known(values));

    public override void Convert(string path) => ProblemFileWriter.Write(path, problem);

    public override void Check(SearchRequest request)
    {
        if (request.Start is string path) start = Start(path);
        request.Checkpoint?.Check(Searched, request.MethodFor(Searched), request.Seed, request.Solutions);
        if (request.Solutions > 1 && request.MethodFor(Searched) is Elimination)
            throw new BadInputException($"--solutions: {Searched.Variables:N0} variables are solved exactly without looking at all states, "
                + "so that one of the best is known and how many there are; --method tempering tells several");
    }

    protected override string AutoMethod(SearchRequest request) => request.MethodFor(Searched).Name;

    public override SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch)
    {
        StopRule stop = Stop(request, session.Interrupted);
        SearchResult result = Search.Best(Searched, request.MethodFor(Searched), stop, session.Seed, session.Placement.Backend,
            request.Solutions, run => Follow(run, watch), start is null ? null : [start], request.Checkpoint);
        if (clamped is not null) result = clamped.Expand(result);
        Satisfaction? found = problem.Check(result, request.Violations);
        return new(result, found is null ? problem.Objective.At(result.Energy) : SearchText.Objective(problem, found))
        {
            Found = found,
            IsFeasible = found?.IsFeasible ?? true,
            // A hard clause costs more than all soft ones.
            WasFeasible = k => problem.Clauses is not { Hard: > 0 } clauses || result.Trace[k].Energy < clauses.HardWeight,
            IsMissed = IsAbove(result.Energy, stop.Target) || (request.Satisfied is not null && IsAbove(result.Energy,
                stop.SatisfiedEnergy)),
        };
    }

    public override bool WriteBest(string path, SearchOutcome outcome)
    {
        AssignmentFile.Write(path, problem, outcome.Result);
        return true;
    }

    public override TextTable? Violated(SearchOutcome outcome) => outcome.Found is { } found ? SearchText.Violated(problem, found) : null;

    public override string NameOf(int variable) => problem.NameOf(variable);

    public override bool Draws => problem is { Clauses.Count: > 0 } or { Kind: "max-cut" };

    public override string? Draw(IReadOnlyList<byte> state, Marginals? marginals) => problem switch
    {
        { Clauses.Count: > 0 } => ClauseDrawing.Svg(problem.Clauses, state, $"Clauses of {problem.Name}"),
        { Kind: "max-cut" } => CutDrawing.Svg(problem.Energy, state,
            $"{problem.Name}: a cut of {NumberText.Short(problem.Objective.At(problem.Energy.Of([.. state])), 12)}"),
        _ => null,
    };

    // Without what is clamped.
    BinaryEnergy Searched => clamped?.Energy ?? problem.Energy;

    void Follow(SearchRun run, SearchWatch watch)
    {
        byte[] Best() => clamped?.Expand(run.BestState) ?? [.. run.BestState];
        if (double.IsInfinity(run.BestEnergy)) return;
        watch.Film?.Add(this, run.CooledState() is byte[] cooled ? clamped?.Expand(cooled) ?? cooled : Best());
        watch.Tell(() => SearchStanding.Of(problem.Objective, run, problem.Clauses is ProblemClauses clauses
            ? $"{NumberText.Short(clauses.Check(Best(), 0).Satisfied, 12)} of {NumberText.Short(clauses.Count, 12)} clauses hold" : ""));
    }

    byte[] Start(string path)
    {
        byte[] state = new byte[problem.Energy.Variables];
        if (StartFile.Values(path) is { } values)
            foreach (var (variable, value) in problem.Known(values)) state[variable] = value ? (byte)1 : (byte)0;
        else state = AssignmentReader.ReadState(path, state.Length);
        return clamped?.Project(state) ?? state;
    }

    StopRule Stop(SearchRequest request, CancellationToken cancellation) => request.Ends(cancellation) with
    {
        SatisfiedEnergy = problem.Clauses?.EnergyWithin(request.Satisfied ?? 1),
        Target = request.Target is double value ? problem.Objective.EnergyAt(value) : null,
    };
}
