using System.Text.Json;

namespace Boltzmann.Cli;

/// <summary>A comparison of runs as entries of a JSON document.</summary>
static class ComparisonJson
{
    /// <summary>Writes them.</summary>
    /// <param name="json">Inside of the document's object.</param>
    /// <param name="comparison">What is compared.</param>
    /// <param name="metric">The metric that comes first; null where nothing was measured.</param>
    public static void Write(Utf8JsonWriter json, RunComparison comparison, string? metric)
    {
        json.WriteString("metric", metric);
        json.WriteStartArray("differing");
        foreach (string name in comparison.Differing) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("metrics");
        foreach (string name in comparison.Metrics)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("rows", MetricOrder.RowsOf(name) is { Length: > 0 } rows ? rows : null);
            if (MetricOrder.HigherIsBetter(name) is bool higher) json.WriteBoolean("higher_is_better", higher);
            else json.WriteNull("higher_is_better");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("runs");
        foreach (ComparedRun run in comparison.Runs) WriteRun(json, comparison, run);
        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (RunGroup group in comparison.Groups) WriteGroup(json, comparison, group);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in comparison.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
    }

    static void WriteRun(Utf8JsonWriter json, RunComparison comparison, ComparedRun run)
    {
        json.WriteStartObject();
        json.WriteString("run", run.Path);
        json.WriteString("name", run.Name);
        json.WriteString("model", run.Model);
        json.WriteString("seed", run.Seed);
        json.WriteBoolean("finished", run.IsFinished);
        json.WriteNumber("epochs", run.Metrics.Epochs);
        json.WriteNumber("seconds", Math.Round(run.Metrics.Seconds, 3));
        WriteSettings(json, comparison, run);
        json.WriteStartObject("metrics");
        foreach (MetricCurve curve in run.Metrics.Curves)
        {
            json.WriteStartObject(curve.Name);
            WriteReading(json, "last", curve.Last);
            WriteReading(json, "best", curve.Best);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteGroup(Utf8JsonWriter json, RunComparison comparison, RunGroup group)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (ComparedRun run in group.Runs) json.WriteStringValue(run.Path);
        json.WriteEndArray();
        json.WriteStartArray("seeds");
        foreach (ComparedRun run in group.Runs) json.WriteStringValue(run.Seed);
        json.WriteEndArray();
        WriteSettings(json, comparison, group.Runs[0]);
        json.WriteStartObject("metrics");
        foreach (string name in comparison.Metrics)
        {
            if (group.Last(name) is not Score score) continue;
            json.WriteStartObject(name);
            json.WriteFiniteOrNull("mean", score.Mean);
            json.WriteFiniteOrNull("standard_error", score.StandardError);
            json.WriteNumber("runs", score.PerRow.Count);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteSettings(Utf8JsonWriter json, RunComparison comparison, ComparedRun run)
    {
        json.WriteStartObject("settings");
        foreach (string name in comparison.Differing)
        {
            json.WritePropertyName(name);
            if (run.Folder.Settings[name] is { } value) value.WriteTo(json);
            else json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    static void WriteReading(Utf8JsonWriter json, string name, MetricReading? reading)
    {
        if (reading is not MetricReading one)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteNumber("epoch", one.Epoch);
        json.WriteFiniteOrNull("value", one.Value);
        if (one.StandardError is double error) json.WriteFiniteOrNull("standard_error", error);
        json.WriteEndObject();
    }
}
