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

    /// <summary>How it stands.</summary>
    public static string Standing(SearchProblem problem, SearchRun run)
    {
        string best = double.IsFinite(run.BestEnergy) ? Value(problem, run.BestEnergy) : "–";
        double seconds = run.Seconds, since = seconds - (run.Trace.Count > 0 ? run.Trace[^1].Seconds : 0);
        double rate = seconds > 0 ? run.Updates / seconds : 0;
        return $"best {problem.Objective.Name} {best} · {NumberText.Short(run.Sweeps, 12)} sweeps · {NumberText.Short(rate / 1e6, 3)} "
            + $"million "
            + $"updates/s · {TimeText.Of(Math.Floor(since))} since the last improvement";
    }

    /// <summary>What came of it.</summary>
    public static TextTable Result(SearchProblem problem, SearchResult result, Satisfaction? found = null)
    {
        var table = new TextTable("result", "");
        table.Add($"best {problem.Objective.Name}", NumberText.Short(found is null
            ? problem.Objective.At(result.Energy) : Objective(problem, found), 12));
        if (found is not null)
            table.Add("clauses", $"{NumberText.Short(found.Satisfied, 12)} of {NumberText.Short(found.Of, 12)} hold"
                + (found.IsFeasible || found.HardViolated == found.Of - found.Satisfied ? ""
                    : $"; {NumberText.Short(found.HardViolated, 12)} of those that do not are hard"));
        table.Add("ended", found is { IsComplete: false } && result.Status == SearchStatus.Satisfied ? "enough of the clauses hold"
            : Why(result.Status));
        if (result.Trace.Count > 0)
        {
            TracePoint last = result.Trace[^1];
            table.Add("found", $"after {TimeText.Of(last.Seconds)} and {NumberText.Short(last.Sweeps, 12)} sweeps");
        }
        if (result.GroundStates is long states) table.Add("states that have it", NumberText.Short(states, 12));
        table.Add("time", $"{TimeText.Of(result.Seconds)}, {TimeText.Of(result.ProcessorSeconds)} of the processors");
        table.Add("method", $"{result.Method}, seed {result.Seed}");
        table.Add("sweeps", NumberText.Short(result.Sweeps, 12));
        table.Add("updates", $"{NumberText.Short(result.Updates / 1e6, 4)} million, "
            + $"{NumberText.Short(result.Updates / Math.Max(1e-9, result.Seconds) / 1e6, 4)} million a second");
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
    public static TextTable Ladder(SearchProblem problem, SearchResult result)
    {
        var table = new TextTable("beta", $"mean {problem.Objective.Name}", "deviation", "changed by a sweep", "exchanged with the next");
        foreach (LadderRung rung in result.Ladder)
            table.Add(NumberText.Short(rung.Beta), NumberText.Short(problem.Objective.At(rung.Energy), 6),
                NumberText.Short(rung.Deviation, 3),
                Share(rung.Acceptance), Share(rung.SwapRate));
        return table;
    }

    static string Share(double share) => double.IsFinite(share) ? $"{NumberText.Fixed(100 * share, 1)} %" : "–";

    static string Value(SearchProblem problem, double energy) => NumberText.Short(problem.Objective.At(energy), 12);

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
