using System.Text.Json;
using Boltzmann.Searching;

namespace Boltzmann.Cli;

/// <summary>A search as JSON: the contract of `search --json`.</summary>
static class SearchJson
{
    const int MostTracePoints = 10_000;

    public static void Write(Utf8JsonWriter json, SearchProblem problem, SearchResult result, int threads, Satisfaction? found = null)
    {
        json.WriteStartObject();
        json.WriteStartObject("problem");
        json.WriteString("name", problem.Name);
        json.WriteString("format", problem.Format);
        json.WriteString("kind", problem.Kind);
        json.WriteNumber("variables", problem.Energy.Variables);
        json.WriteNumber("pairs", problem.Energy.Pairs);
        json.WriteNumber("clauses", problem.Clauses?.Count ?? 0);
        json.WriteNumber("constraints", 0);
        json.WriteNumber("blocks", 0);
        json.WriteStartObject("simplified");
        json.WriteNumber("variables", 0);
        json.WriteNumber("components", 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("method", result.Method);
        json.WriteNumber("seed", result.Seed);
        json.WriteNumber("threads", threads);
        json.WriteString("status", result.Status.ToString().ToLowerInvariant());
        json.WriteNumber("energy", result.Energy);
        json.WriteStartObject("objective");
        json.WriteString("name", problem.Objective.Name);
        json.WriteString("sense", problem.Objective.IsMaximised ? "maximise" : "minimise");
        json.WriteNumber("value", found is null ? problem.Objective.At(result.Energy) : SearchText.Objective(problem, found));
        json.WriteEndObject();
        json.WriteBoolean("feasible", found?.IsFeasible ?? true);
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
        Found(json, problem, result);
        json.WriteStartObject("run");
        json.WriteNumber("seconds", result.Seconds);
        json.WriteNumber("processor_seconds", result.ProcessorSeconds);
        json.WriteNumber("sweeps", result.Sweeps);
        json.WriteNumber("updates", result.Updates);
        json.WriteNumber("updates_per_second", result.Seconds > 0 ? result.Updates / result.Seconds : 0);
        json.WriteNumber("restarts", result.Restarts);
        json.WriteNumber("reheats", result.Reheats);
        json.WriteNumber("penalty_rounds", 0);
        json.WriteEndObject();
        json.WriteStartArray("ladder");
        foreach (LadderRung rung in result.Ladder) Rung(json, rung);
        json.WriteEndArray();
        Trace(json, problem, result);
        json.WriteNull("log_partition");
        if (result.GroundStates is long states) json.WriteNumber("ground_states", states);
        else json.WriteNull("ground_states");
        json.WriteStartArray("solutions");
        foreach (SearchSolution solution in result.Solutions)
        {
            json.WriteStartObject();
            json.WriteNumber("energy", solution.Energy);
            json.WriteNumber("chains", solution.Chains);
            json.WriteString("bits", string.Create(solution.Assignment.Length, solution.Assignment, (text, state) =>
            {
                for (int i = 0; i < text.Length; i++) text[i] = (char)('0' + state[i]);
            }));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNull("marginals");
        json.WriteStartArray("penalties");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Found(Utf8JsonWriter json, SearchProblem problem, SearchResult result)
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
        json.WriteNumber("beta", last.Beta);
        json.WriteNumber("chain", last.Chain);
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

    static void Trace(Utf8JsonWriter json, SearchProblem problem, SearchResult result)
    {
        // Thinned evenly, the last one always among them.
        int count = result.Trace.Count, shown = Math.Min(count, MostTracePoints);
        json.WriteStartArray("trace");
        for (int k = 0; k < shown; k++)
        {
            TracePoint point = result.Trace[shown == count ? k : (int)((long)k * (count - 1) / (shown - 1))];
            json.WriteStartObject();
            json.WriteNumber("seconds", point.Seconds);
            json.WriteNumber("sweeps", point.Sweeps);
            json.WriteNumber("energy", point.Energy);
            // A hard clause costs more than all soft ones.
            json.WriteBoolean("feasible", problem.Clauses is not { Hard: > 0 } clauses || point.Energy < clauses.HardWeight);
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
