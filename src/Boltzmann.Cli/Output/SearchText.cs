using Boltzmann.Cli.Searches;
using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>A search in words: what the problem is, how the search stands, what came of it.</summary>
static class SearchText
{
    /// <summary>"G14.txt (rudy): max-cut of 800 variables and 4694 pairs".</summary>
    public static string Facts(SearchProblem problem) => $"{problem.Name} ({problem.Format}): {problem.Kind}, "
        + $"{NumberText.Short(problem.Energy.Variables, 8)} variables, "
        + (problem.Clauses is ProblemClauses clauses ? $"{NumberText.Short(clauses.Count, 10)} clauses"
            + (clauses.Hard is > 0 and var hard && hard < clauses.Count ? $", {NumberText.Short(hard, 10)} of them hard" : "")
        : $"{NumberText.Short(problem.Energy.Pairs, 10)} pairs");

    /// <summary>What came of it.</summary>
    public static TextTable Result(SearchTask task, SearchOutcome outcome)
    {
        SearchResult result = outcome.Result;
        Satisfaction? found = outcome.Found;
        if (task.ResultTable(outcome) is TextTable own) return own;
        string noun = task.HasConstraints ? "constraints" : "clauses";
        var table = new TextTable("result", "");
        table.Add($"best {task.Objective.Name}", NumberText.Short(outcome.Value, 12));
        if (task.Optimum is double optimum)
            table.Add($"optimal {task.Objective.Name}", NumberText.Short(optimum, 12)
                + (outcome.IsFeasible && optimum > 0 ? $", gap {NumberText.Short(100 * (outcome.Value - optimum) / optimum, 4)} %" : ""));
        if (found is not null)
            table.Add(noun, $"{NumberText.Short(found.Satisfied, 12)} of {NumberText.Short(found.Of, 12)} hold"
                + (found.IsFeasible || found.HardViolated == found.Of - found.Satisfied ? ""
                    : $"; {NumberText.Short(found.HardViolated, 12)} of those that do not are hard"));
        if (task.HasConstraints)
        {
            table.Add("feasible", outcome.IsFeasible ? "yes" : "no: a hard constraint is violated");
            if (task.Objective.Name == "objective" && found!.SoftViolated > 0)
                table.Add("violated weight", NumberText.Short(found.SoftViolated, 12));
        }
        table.Add("ended", found is { IsComplete: false } && result.Status == SearchStatus.Satisfied ? $"enough of the {noun} hold"
            : result.Status == SearchStatus.Proved && !outcome.IsFeasible && task.HasConstraints
                ? "proved: nothing keeps all hard constraints" : Why(result.Status));
        if (result.Trace.Count > 0)
        {
            TracePoint last = result.Trace[^1];
            table.Add("found", $"after {Time(last.Seconds)} and {NumberText.Short(last.Sweeps, 12)} sweeps");
        }
        if (result.GroundStates is long states) table.Add("states that have it", NumberText.Short(states, 12));
        if (result.LogPartition is LogPartitionAt log)
            table.Add($"log Z at beta {NumberText.Short(log.Beta, 4)}", NumberText.Fixed(log.Value, 3)
                + (log.StandardError > 0 ? $" ± {NumberText.Short(log.StandardError, 2)}" : ", exactly"));
        if (task.HasHard && result.Marginals is { Method: "tempering" } drawn)
            table.Add("feasible draws", $"{Share(drawn.FeasibleShare)}, which alone count");
        if (result.Marginals is { AreDoubtful: true })
            table.Add("probabilities", "doubtful: chains stood still and none came back from the hottest; errors are too small");
        if (result.Population is PopulationEstimate population)
        {
            if (double.IsFinite(population.GroundStates))
                table.Add("states that have it", $"about {NumberText.Short(population.GroundStates, 3)}");
            table.Add("population", $"{NumberText.Short(population.Chains, 12)} chains, {NumberText.Short(population.Families, 12)} "
                + "families of the first ones left" + (population.IsTooSmall ? ": too few chains for log Z" : ""));
        }
        table.Add("time", $"{Time(result.Seconds)}, {Time(result.ProcessorSeconds)} of the processors");
        table.Add("method", $"{result.Method}, seed {result.Seed}");
        table.Add("sweeps", NumberText.Short(result.Sweeps, 12));
        table.Add("updates", $"{NumberText.Short(result.Updates / 1e6, 4)} million, "
            + $"{NumberText.Short(result.Updates / Math.Max(1e-9, result.Seconds) / 1e6, 4)} million a second");
        return table;
    }

    /// <summary>How probable it is that each variable is 1.</summary>
    public static TextTable Marginals(SearchTask task, Marginals marginals)
    {
        const int Most = 40;
        var table = new TextTable("variable", $"p(1) at T = {NumberText.Short(marginals.Temperature, 4)}", "standard error");
        for (int i = 0; i < Math.Min(Most, marginals.Means.Count); i++)
            table.Add(task.NameOf(i), NumberText.Fixed(marginals.Means[i], 4), marginals.StandardErrors[i] > 0
                ? NumberText.Short(marginals.StandardErrors[i], 2) : "exact");
        if (marginals.Means.Count > Most) table.Add("…", $"{marginals.Means.Count - Most:N0} more: --json", "");
        return table;
    }

    /// <summary>The weights of hard constraints that had to grow.</summary>
    public static TextTable Penalties(SearchOutcome outcome)
    {
        const int Most = 20;
        var table = new TextTable("hard constraint", "weight", "times raised");
        foreach (ConstraintWeight penalty in outcome.Penalties.OrderByDescending(penalty => penalty.Raised).Take(Most))
            if (penalty.Raised > 0) table.Add(penalty.Name, NumberText.Short(penalty.Weight, 6), NumberText.Short(penalty.Raised, 6));
        return table;
    }

    /// <summary>What the objective is worth: of clauses the violated weight, without what hard ones add to the energy where others are
    /// soft.</summary>
    public static double Objective(SearchProblem problem, Satisfaction found) =>
        problem.Clauses!.Hard == problem.Clauses.Count ? found.HardViolated : found.SoftViolated;

    /// <summary>The violated constraints.</summary>
    public static TextTable Violated(SearchProblem problem, Satisfaction found)
    {
        var table = new TextTable("violated", "literals", "weight");
        foreach (Violation violation in found.Violated)
            table.Add(violation.Name, Literals(problem.Clauses!.Named(violation.Name)),
                violation.IsHard ? "hard" : NumberText.Short(violation.Energy, 12));
        return table;
    }

    static string Literals(ReadOnlySpan<int> clause) => clause.Length == 0 ? "none"
        : string.Join(' ', clause.Length > 12 ? clause[..12].ToArray() : clause.ToArray()) + (clause.Length > 12 ? " …" : "");

    /// <summary>The temperatures.</summary>
    public static TextTable Ladder(SearchObjective objective, SearchResult result)
    {
        var table = new TextTable("beta", $"mean {objective.Name}", "deviation", "changed by a sweep", "exchanged with the next");
        foreach (LadderRung rung in result.Ladder)
            table.Add(NumberText.Short(rung.Beta), NumberText.Short(objective.At(rung.Energy), 6),
                NumberText.Short(rung.Deviation, 3),
                Share(rung.Acceptance), Share(rung.SwapRate));
        return table;
    }

    // Many searches end in less than a second.
    static string Time(double seconds) => seconds < 10 ? $"{NumberText.Short(seconds, 3)} s" : TimeText.Of(seconds);

    static string Share(double share) => double.IsFinite(share) ? $"{NumberText.Fixed(100 * share, 1)} %" : "–";

    static string Why(SearchStatus status) => status switch
    {
        SearchStatus.Target => "at the target",
        SearchStatus.Proved => "proved: nothing is lower",
        SearchStatus.Satisfied => "every constraint holds",
        SearchStatus.Seconds => "the time was up",
        SearchStatus.Sweeps => "the sweeps were done",
        SearchStatus.Stalled => "nothing better was found for as long as was allowed",
        _ => "interrupted",
    };
}
