using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>A problem that a person knows by name.</summary>
sealed class NamedTask(NamedProblem named) : ProblemTask(named.Problem, named.Name, named.Format, named.Kind)
{
    // Where a harder one was solved too, that one.
    NamedTask? answer;

    public override SearchObjective Objective => (answer ?? this).OwnObjective;

    public override SearchSizes Sizes => answer?.Sizes ?? base.Sizes;

    public override string Facts => answer?.Facts ?? $"{named.Name}: {named.Facts}; {NumberText.Short(named.Problem.Variables, 10)} "
        + $"hypotheses, {NumberText.Short(named.Problem.Constraints.Count, 10)} constraints";

    SearchObjective OwnObjective => named.Objective is string name ? new(name, IsMaximised: false) : base.Objective;

    public override SearchObjective ChartObjective => new("energy", IsMaximised: false);

    public override bool ShowsLadder => false;

    public override void Check(SearchRequest request)
    {
        if (request.Target is not null && named.Objective is null)
            throw new BadInputException($"--target: {named.Name} has constraints alone, and the search ends when all hold");
        base.Check(request);
    }

    /// <summary>Searches; then, where there is one, the next harder problem, until a search fails: that is no proof that it cannot be
    /// solved.</summary>
    public override SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch)
    {
        SearchOutcome outcome = base.Run(request, session, watch);
        NamedProblem at = named;
        if (request.Marginals) return outcome;
        while (outcome.Found is { IsComplete: true } && outcome.Result.Status != SearchStatus.Interrupted
            && at.Next?.Invoke() is NamedProblem next)
        {
            var harder = new NamedTask(next with { Next = null });
            watch.Prefix = next.Facts;
            SearchOutcome fewer = harder.Run(request, session, watch);
            if (fewer.Found is not { IsComplete: true })
            {
                watch.Film?.Remove(harder);
                break;
            }
            (at, answer, outcome) = (next, harder, fewer);
        }
        return outcome;
    }

    public override IReadOnlyList<string> Endings => named.Answer is { } own ? [.. base.Endings, own.Ending] : base.Endings;

    public override double? Optimum => named.Optimum;

    public override void Convert(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path, ending = Path.GetExtension(name);
        if (named.Form is { } form && ending.Equals(form.Ending, StringComparison.OrdinalIgnoreCase))
            form.Write(path);
        else base.Convert(path);
    }

    public override bool WriteBest(string path, SearchOutcome outcome)
    {
        if (answer is not null) return answer.WriteBest(path, outcome);
        if (named.Answer is not { } own || !path.EndsWith(own.Ending, StringComparison.OrdinalIgnoreCase))
            return base.WriteBest(path, outcome);
        if (own.Text(Best(outcome)) is not string text) return false;
        AtomicFile.WriteText(path, text);
        return true;
    }

    public override SearchTask Answer => answer ?? this;

    public override bool Draws => true;

    public override string Draw(IReadOnlyList<byte> state, Marginals? marginals) =>
        named.Svg(named.Problem.Compile().Read([.. state]), marginals);

    public override string? Drawing(SearchOutcome outcome) => answer?.Drawing(outcome) ?? base.Drawing(outcome);

    public override string? Screen(SearchOutcome outcome) => answer is not null ? $"{answer.Facts}\n\n{answer.Screen(outcome)}"
        : named.Text(Best(outcome)) is { Length: > 0 } text ? text : null;

    protected override double EnergyAt(double value) => named.EnergyAt(value);

    protected override double? LeastEnergy => named.LeastEnergy;

    protected override double Value(Solution solution, Satisfaction found) =>
        named.Objective is null ? base.Value(solution, found) : named.Value(solution);
}
