using System.Text.Json;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run of single operations found, as JSON.</summary>
static class OperationJson
{
    static readonly (string Name, string Unit)[] units = [("best", "ms"), ("median", "ms")];

    public static void Write(Utf8JsonWriter json, OperationReport report)
    {
        Disturbances usual = report.Rounds.Disturbances;
        json.WriteStartObject();
        BenchJson.WriteMachine(json, report.Machine, report.Results.Max(r => r.Visits.OneThreadPeak), units);
        json.WriteFiniteOrNull("ping_pong_median", Math.Round(usual.MedianExchange));
        json.WriteNumber("repeats", report.Rounds.Repeats);
        if (report.Before is not null) json.WriteString("compared_with", report.Before.Path);
        json.WriteStartArray("operations");
        foreach (OperationResult r in report.Results) WriteOperation(json, r, report);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in report.Notes()) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteOperation(Utf8JsonWriter json, OperationResult r, OperationReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", r.Name);
        json.WriteString("operation", r.Operation);
        json.WriteNumber("visible", r.Shape.Visible);
        json.WriteNumber("hidden", r.Shape.Hidden);
        json.WriteNumber("batch", r.Shape.Batch);
        json.WriteString("precision", BenchCase.Word(r.Width.Precision));
        json.WriteString("zeros", r.Zeros);
        json.WriteNumber("threads", r.Width.Threads);
        json.WriteNumber("best", Math.Round(r.Visits.Fastest, 5));
        json.WriteNumber("median", Math.Round(r.Median, 5));
        if (r.Gflops is double gflops) json.WriteNumber("rate", Math.Round(gflops, 1));
        if (r.FractionOfPeak is double fraction) json.WriteNumber("fraction_of_peak", Math.Round(fraction, 3));
        if (r.OverOneThread(report.Results) is double ratio) json.WriteNumber("over_one_thread", Math.Round(ratio, 3));
        BenchJson.WriteBefore(json, r.Median, report.Before?.Find(r.Name));
        BenchJson.WriteVisits(json, r.Visits);
        json.WriteEndObject();
    }
}
