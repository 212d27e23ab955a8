using System.Text.Json;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run found, as JSON: plain words, and in what each is measured under "units".</summary>
static class BenchJson
{
    // Of all documents of bench: a word means the same wherever it stands.
    static readonly (string Name, string Unit)[] machineUnits = [("fma_peak", "GFLOP/s"), ("one_thread_peak", "GFLOP/s"),
        ("exchange_before", "ns"), ("exchange_after", "ns"), ("step_time", "ms"), ("before", "ms"), ("peak_before", "GFLOP/s"),
        ("peak_after", "GFLOP/s"), ("rate", "GFLOP/s"), ("ping_pong_median", "ns")];

    static readonly (string Name, string Unit)[] caseUnits = [("ping_pong", "ns"), ("ping_pong_after", "ns"), ("nearest_neighbors", "s"),
        ("grid_spins", "spins/s"), ("peak", "GFLOP/s"), ("alone", "steps/s"),
        ("updates", "updates/s"), ("loads", "updates/s"), ("learned", "steps/s")];

    /// <summary>The whole document.</summary>
    public static void Write(Utf8JsonWriter json, BenchReport report)
    {
        json.WriteStartObject();
        WriteMachine(json, report.Machine, report.OneThreadPeak, caseUnits);
        json.WriteFiniteOrNull("ping_pong", Math.Round(report.ExchangeBefore));
        json.WriteFiniteOrNull("ping_pong_after", Math.Round(report.ExchangeAfter));
        json.WriteFiniteOrNull("ping_pong_median", Math.Round(report.ExchangeMedian));
        json.WriteFiniteOrNull("nearest_neighbors", Math.Round(report.Neighbors, 2));
        json.WriteFiniteOrNull("grid_spins", Math.Round(report.Spins));
        json.WriteString("data", report.Data);
        json.WriteNumber("repeats", report.Repeats);
        if (report.Before is not null) json.WriteString("compared_with", report.Before.Path);
        json.WriteStartArray("cases");
        foreach (BenchResult result in report.Results) WriteCase(json, result, report);
        json.WriteEndArray();
        json.WriteStartArray("processes");
        foreach (ProcessResult process in report.Processes) WriteProcess(json, process);
        json.WriteEndArray();
        json.WriteStartArray("searches");
        foreach (var (name, speed) in report.Searches)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("form", speed.Form);
            json.WriteFiniteOrNull("updates", Math.Round(speed.UpdatesPerSecond));
            json.WriteFiniteOrNull("loads", Math.Round(speed.LoadsPerSecond));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("sequences");
        foreach (var (name, speed) in report.Sequences)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteFiniteOrNull("learned", Math.Round(speed));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in BenchText.Notes(report)) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What the run computed with, and in what its numbers are measured.</summary>
    public static void WriteMachine(Utf8JsonWriter json, BenchMachine machine, double oneThreadPeak, (string Name, string Unit)[] more)
    {
        json.WriteStartObject("units");
        foreach (var (name, unit) in machineUnits.Concat(more)) json.WriteString(name, unit);
        json.WriteEndObject();
        json.WriteString("cpu", machine.Processor);
        json.WriteString("caches", machine.Caches);
        json.WriteNumber("fma_peak", Math.Round(machine.Threads * oneThreadPeak, 1));
        json.WriteNumber("one_thread_peak", Math.Round(oneThreadPeak, 1));
        json.WriteNumber("threads", machine.Threads);
        json.WriteNumber("vector_bits", machine.VectorBits);
        json.WriteString("runtime", machine.Runtime);
    }

    /// <summary>Exchanges around the best visit, and all visits.</summary>
    public static void WriteVisits(Utf8JsonWriter json, JudgedVisits judged)
    {
        json.WriteFiniteOrNull("exchange_before", Math.Round(judged.Best.Around.ExchangeBefore));
        json.WriteFiniteOrNull("exchange_after", Math.Round(judged.Best.Around.ExchangeAfter));
        json.WriteNumber("disturbed_visits", judged.Disturbed);
        json.WriteBoolean("is_disturbed", judged.AreOnlyDisturbed);
        json.WriteStartArray("visits");
        foreach (var (i, visit) in judged.All.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("step_time", Math.Round(visit.Milliseconds, 4));
            json.WriteFiniteOrNull("exchange_before", Math.Round(visit.Around.ExchangeBefore));
            json.WriteFiniteOrNull("exchange_after", Math.Round(visit.Around.ExchangeAfter));
            json.WriteNumber("peak_before", Math.Round(visit.Around.PeakBefore, 1));
            json.WriteNumber("peak_after", Math.Round(visit.Around.PeakAfter, 1));
            json.WriteBoolean("is_disturbed", judged.AreDisturbed[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteCase(Utf8JsonWriter json, BenchResult r, BenchReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", r.Case.Name);
        json.WriteString("step", r.Case.StepWord);
        json.WriteNumber("visible", r.Case.Visible);
        json.WriteNumber("hidden", r.Case.Hidden);
        if (r.Case.Upper is int upper) json.WriteNumber("upper", upper);
        json.WriteNumber("batch", r.Case.Batch);
        json.WriteString("precision", r.Case.PrecisionWord);
        json.WriteString("zeros", r.Case.Zeros);
        json.WriteString("visible_units", r.Case.GaussianVisible ? GaussianLayer.Name : BernoulliLayer.Name);
        json.WriteNumber("vector_bits", r.Case.VectorBits);
        json.WriteNumber("threads", r.Case.Threads);
        json.WriteNumber("step_time", Math.Round(r.StepMilliseconds, 4));
        json.WriteNumber("rate", Math.Round(r.Gflops, 1));
        json.WriteNumber("peak", Math.Round(r.PeakGflops, 1));
        json.WriteNumber("fraction_of_peak", Math.Round(r.FractionOfPeak, 3));
        if (r.OverOneThread(report.Results) is double ratio) json.WriteNumber("over_one_thread", Math.Round(ratio, 3));
        WriteBefore(json, r.StepMilliseconds, report.Before?.Find(r.Case.Name));
        WriteVisits(json, r.Visits);
        json.WriteEndObject();
    }

    /// <summary>The time of an earlier run, if there is one, and how many times as long this one took.</summary>
    public static void WriteBefore(Utf8JsonWriter json, double milliseconds, double? before)
    {
        if (before is not double b) return;
        json.WriteNumber("before", Math.Round(b, 4));
        json.WriteFiniteOrNull("ratio", Math.Round(milliseconds / b, 3));
    }

    static void WriteProcess(Utf8JsonWriter json, ProcessResult process)
    {
        json.WriteStartObject();
        json.WriteString("name", process.Name);
        json.WriteNumber("alone", Math.Round(process.Alone, 1));
        json.WriteNumber("ratio", Math.Round(process.Ratio, 3));
        json.WriteFiniteOrNull("exchange_before", Math.Round(process.Around.ExchangeBefore));
        json.WriteFiniteOrNull("exchange_after", Math.Round(process.Around.ExchangeAfter));
        json.WriteBoolean("is_disturbed", process.IsDisturbed);
        json.WriteEndObject();
    }
}
