using System.Text.Json;
using Boltzmann.Cli.Searches;
using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>A search as JSON: the contract of `search --json`.</summary>
static class SearchJson
{
    const int MostTracePoints = 10_000;

    public static void Write(Utf8JsonWriter json, SearchTask task, SearchOutcome outcome, int threads)
    {
        SearchResult result = outcome.Result;
        Satisfaction? found = outcome.Found;
        SearchSizes sizes = task.Sizes;
        json.WriteStartObject();
        json.WriteStartObject("problem");
        json.WriteString("name", task.Name);
        json.WriteString("format", task.Format);
        json.WriteString("kind", task.Kind);
        json.WriteNumber("variables", sizes.Variables);
        json.WriteNumber("pairs", sizes.Pairs);
        json.WriteNumber("clauses", sizes.Clauses);
        json.WriteNumber("constraints", sizes.Constraints);
        json.WriteNumber("blocks", sizes.Blocks);
        json.WriteStartObject("simplified");
        json.WriteNumber("variables", outcome.Removed);
        json.WriteNumber("components", outcome.Components);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("method", result.Method);
        json.WriteNumber("seed", result.Seed);
        json.WriteNumber("threads", threads);
        json.WriteString("status", result.Status.ToString().ToLowerInvariant());
        json.WriteNumber("energy", result.Energy);
        json.WriteStartObject("objective");
        json.WriteString("name", task.Objective.Name);
        json.WriteString("sense", task.Objective.IsMaximised ? "maximise" : "minimise");
        json.WriteNumber("value", outcome.Value);
        if (task.Optimum is double optimum)
        {
            json.WriteNumber("optimum", optimum);
            if (outcome.IsFeasible && optimum > 0) Finite(json, "gap", (outcome.Value - optimum) / optimum);
            else json.WriteNull("gap");
        }
        json.WriteEndObject();
        json.WriteBoolean("feasible", outcome.IsFeasible);
        json.WriteBoolean("proved", result.Status == SearchStatus.Proved);
        json.WriteStartObject("satisfied");
        json.WriteNumber("constraints", found?.Satisfied ?? 0);
        json.WriteNumber("of", found?.Of ?? 0);
        json.WriteNumber("weight", found?.Weight ?? 0);
        json.WriteNumber("of_weight", found?.OfWeight ?? 0);
        json.WriteEndObject();
        json.WriteStartArray("violated");
        foreach (Violation violation in found?.Violated ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", violation.Name);
            json.WriteNumber("amount", violation.Amount);
            json.WriteNumber("energy", violation.Energy);
            json.WriteBoolean("hard", violation.IsHard);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Found(json, result);
        json.WriteStartObject("run");
        json.WriteNumber("seconds", result.Seconds);
        json.WriteNumber("processor_seconds", result.ProcessorSeconds);
        json.WriteNumber("sweeps", result.Sweeps);
        json.WriteNumber("updates", result.Updates);
        json.WriteNumber("updates_per_second", result.Seconds > 0 ? result.Updates / result.Seconds : 0);
        json.WriteNumber("restarts", result.Restarts);
        json.WriteNumber("reheats", result.Reheats);
        json.WriteNumber("penalty_rounds", outcome.PenaltyRounds);
        json.WriteEndObject();
        json.WriteStartArray("ladder");
        foreach (LadderRung rung in result.Ladder) Rung(json, rung);
        json.WriteEndArray();
        Trace(json, outcome);
        LogPartition(json, result.LogPartition);
        if (result.GroundStates is long states) json.WriteNumber("ground_states", states);
        else if (result.Population is { GroundStates: var about } && double.IsFinite(about)) json.WriteNumber("ground_states", about);
        else json.WriteNull("ground_states");
        json.WriteStartArray("solutions");
        for (int k = 0; k < result.Solutions.Count; k++)
        {
            SearchSolution solution = result.Solutions[k];
            json.WriteStartObject();
            json.WriteNumber("energy", solution.Energy);
            json.WriteNumber("chains", solution.Chains);
            json.WriteString("bits", string.Create(solution.Assignment.Length, solution.Assignment, (text, state) =>
            {
                for (int i = 0; i < text.Length; i++) text[i] = (char)('0' + state[i]);
            }));
            if (k < outcome.Assignments.Count)
            {
                json.WriteStartObject("assignment");
                foreach (var (name, value) in outcome.Assignments[k]) json.WriteNumber(name, value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        MarginalsOf(json, task, result.Marginals);
        json.WriteStartArray("penalties");
        foreach (ConstraintWeight penalty in outcome.Penalties)
        {
            json.WriteStartObject();
            json.WriteString("name", penalty.Name);
            json.WriteNumber("weight", penalty.Weight);
            json.WriteNumber("raised", penalty.Raised);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Found(Utf8JsonWriter json, SearchResult result)
    {
        if (result.Trace.Count == 0)
        {
            json.WriteNull("found");
            return;
        }
        TracePoint last = result.Trace[^1];
        json.WriteStartObject("found");
        json.WriteNumber("seconds", last.Seconds);
        json.WriteNumber("sweeps", last.Sweeps);
        json.WriteNumber("updates", result.Sweeps > 0 ? result.Updates * last.Sweeps / result.Sweeps : 0);
        Finite(json, "beta", last.Beta);
        if (last.Chain >= 0) json.WriteNumber("chain", last.Chain);
        else json.WriteNull("chain");
        json.WriteEndObject();
    }

    static void LogPartition(Utf8JsonWriter json, LogPartitionAt? log)
    {
        if (log is null)
        {
            json.WriteNull("log_partition");
            return;
        }
        json.WriteStartObject("log_partition");
        json.WriteNumber("beta", log.Beta);
        json.WriteNumber("value", log.Value);
        json.WriteNumber("standard_error", log.StandardError);
        json.WriteString("method", log.Method);
        json.WriteEndObject();
    }

    static void MarginalsOf(Utf8JsonWriter json, SearchTask task, Marginals? marginals)
    {
        if (marginals is null)
        {
            json.WriteNull("marginals");
            return;
        }
        json.WriteStartObject("marginals");
        json.WriteNumber("temperature", marginals.Temperature);
        json.WriteString("method", marginals.Method);
        json.WriteNumber("feasible_share", marginals.FeasibleShare);
        json.WriteBoolean("doubtful", marginals.AreDoubtful);
        json.WriteStartArray("variables");
        for (int i = 0; i < marginals.Means.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", task.NameOf(i));
            json.WriteNumber("probability", marginals.Means[i]);
            json.WriteNumber("standard_error", marginals.StandardErrors[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Rung(Utf8JsonWriter json, LadderRung rung)
    {
        json.WriteStartObject();
        json.WriteNumber("beta", rung.Beta);
        json.WriteNumber("energy", rung.Energy);
        json.WriteNumber("deviation", rung.Deviation);
        Finite(json, "acceptance", rung.Acceptance);
        Finite(json, "swap_rate", rung.SwapRate);
        json.WriteNumber("round_trips", rung.RoundTrips);
        json.WriteEndObject();
    }

    static void Trace(Utf8JsonWriter json, SearchOutcome outcome)
    {
        SearchResult result = outcome.Result;
        // Thinned evenly, the last one always among them.
        int count = result.Trace.Count, shown = Math.Min(count, MostTracePoints);
        json.WriteStartArray("trace");
        for (int k = 0; k < shown; k++)
        {
            int at = shown == count ? k : (int)((long)k * (count - 1) / (shown - 1));
            TracePoint point = result.Trace[at];
            json.WriteStartObject();
            json.WriteNumber("seconds", point.Seconds);
            json.WriteNumber("sweeps", point.Sweeps);
            json.WriteNumber("energy", point.Energy);
            json.WriteBoolean("feasible", outcome.WasFeasible(at));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void Finite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
