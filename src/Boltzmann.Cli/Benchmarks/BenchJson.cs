using System.Text.Json;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run found, as JSON. Names of 0.1.0 keep their meaning, but that peaks are threads × the one-thread peak.</summary>
static class BenchJson
{
    /// <summary>The whole document.</summary>
    public static void Write(Utf8JsonWriter json, BenchReport report)
    {
        json.WriteStartObject();
        WriteMachine(json, report.Machine, report.OneThreadPeak);
        json.WriteFiniteOrNull("ping_pong_ns", Math.Round(report.ExchangeBefore));
        json.WriteFiniteOrNull("ping_pong_after_ns", Math.Round(report.ExchangeAfter));
        json.WriteFiniteOrNull("ping_pong_median_ns", Math.Round(report.ExchangeMedian));
        json.WriteFiniteOrNull("nearest_neighbors_s", Math.Round(report.Neighbors, 2));
        json.WriteFiniteOrNull("grid_spins_per_s", Math.Round(report.Spins));
        json.WriteString("data", report.Data);
        json.WriteNumber("repeats", report.Repeats);
        if (report.Before is not null) json.WriteString("compared_with", report.Before.Path);
        json.WriteStartArray("cases");
        foreach (BenchResult result in report.Results) WriteCase(json, result, report);
        json.WriteEndArray();
        json.WriteStartArray("processes");
        foreach (ProcessResult process in report.Processes) WriteProcess(json, process);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in BenchText.Notes(report)) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What the run computed with.</summary>
    public static void WriteMachine(Utf8JsonWriter json, BenchMachine machine, double oneThreadPeak)
    {
        json.WriteString("cpu", machine.Processor);
        json.WriteString("caches", machine.Caches);
        json.WriteNumber("fma_peak_gflops", Math.Round(machine.Threads * oneThreadPeak, 1));
        json.WriteNumber("one_thread_peak_gflops", Math.Round(oneThreadPeak, 1));
        json.WriteNumber("threads", machine.Threads);
        json.WriteNumber("vector_bits", machine.VectorBits);
        json.WriteString("runtime", machine.Runtime);
    }

    /// <summary>Exchanges around the best visit, and all visits.</summary>
    public static void WriteVisits(Utf8JsonWriter json, JudgedVisits judged)
    {
        json.WriteFiniteOrNull("exchange_before_ns", Math.Round(judged.Best.Around.ExchangeBefore));
        json.WriteFiniteOrNull("exchange_after_ns", Math.Round(judged.Best.Around.ExchangeAfter));
        json.WriteNumber("disturbed_visits", judged.Disturbed);
        json.WriteBoolean("is_disturbed", judged.AreOnlyDisturbed);
        json.WriteStartArray("visits");
        foreach (var (i, visit) in judged.All.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("step_ms", Math.Round(visit.Milliseconds, 4));
            json.WriteFiniteOrNull("exchange_before_ns", Math.Round(visit.Around.ExchangeBefore));
            json.WriteFiniteOrNull("exchange_after_ns", Math.Round(visit.Around.ExchangeAfter));
            json.WriteNumber("peak_before_gflops", Math.Round(visit.Around.PeakBefore, 1));
            json.WriteNumber("peak_after_gflops", Math.Round(visit.Around.PeakAfter, 1));
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
        json.WriteNumber("step_ms", Math.Round(r.StepMilliseconds, 4));
        json.WriteNumber("gflops", Math.Round(r.Gflops, 1));
        json.WriteNumber("peak_gflops", Math.Round(r.PeakGflops, 1));
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
        json.WriteNumber("before_ms", Math.Round(b, 4));
        json.WriteFiniteOrNull("ratio", Math.Round(milliseconds / b, 3));
    }

    static void WriteProcess(Utf8JsonWriter json, ProcessResult process)
    {
        json.WriteStartObject();
        json.WriteString("name", process.Name);
        json.WriteNumber("alone_steps_per_s", Math.Round(process.Alone, 1));
        json.WriteNumber("ratio", Math.Round(process.Ratio, 3));
        json.WriteFiniteOrNull("exchange_before_ns", Math.Round(process.Around.ExchangeBefore));
        json.WriteFiniteOrNull("exchange_after_ns", Math.Round(process.Around.ExchangeAfter));
        json.WriteBoolean("is_disturbed", process.IsDisturbed);
        json.WriteEndObject();
    }
}
