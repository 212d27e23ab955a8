using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Training;

/// <summary>Fills the page of a finished run.</summary>
static class TrainingReport
{
    public static string Render(TrainingTask task, MetricsTable metrics, RunPictures pictures, string commandLine, string? stopped)
    {
        Rbm model = task.Model;
        return RunReport.Render(new RunReportContent(
            $"Restricted Boltzmann machine, {model.Visible.Units} × {model.Hidden.Units}",
            $"{task.Training.Name}, {task.Training.Count:N0} rows, {task.Trainer.Epoch} epochs")
        {
            Numbers = [.. Numbers(task, metrics)],
            Metrics = [.. Series(task, metrics)],
            Images =
            [
                new("Filters", "What the hidden units with the largest weights look for, one tile each: light pixels speak for the unit, dark ones against it.", pictures.Filters),
                new("Reconstructions", "Rows the machine was not trained on (above) and what it makes of them in one step up and down (below).", pictures.Reconstructions),
                new("Fantasy particles", "What the machine dreams: chains that started at data and ran freely for 1000 Gibbs sweeps, shown as pixel probabilities.", pictures.Samples),
                new("Hidden activations", "Examples downward, hidden units across; bright where a unit is on. Stripes down the picture are units that say the same of everything.", pictures.Activations),
            ],
            Settings = [.. task.Settings.Names.Where(n => task.Settings[n] is not null).Select(n => new ReportSetting(n, Values(task.Settings[n]!)))],
            Notes = stopped is null ? [] : [$"Training stopped early: {stopped}."],
            CommandLine = commandLine,
            Footer = $"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}, {task.Model.Placement}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.",
        });
    }

    static IEnumerable<ReportNumber> Numbers(TrainingTask task, MetricsTable metrics)
    {
        foreach (Metric metric in task.Options.Metrics)
            if (Points(metrics, TrainingRun.ColumnOf(metric)) is { Count: > 0 } points)
                yield return new(metric.Name, NumberText.Short(points[^1].Y), metric.Unit);
        double seconds = metrics.Columns.Contains("time [s]") ? metrics.Column("time [s]").Sum() ?? 0 : 0;
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{task.Training.Count * (double)task.Trainer.Epoch / seconds:N0} rows per second");
    }

    static IEnumerable<MetricSeries> Series(TrainingTask task, MetricsTable metrics)
    {
        foreach (Metric metric in task.Options.Metrics)
            if (Points(metrics, TrainingRun.ColumnOf(metric)) is { Count: > 0 } points)
                yield return new(metric.Name, metric.Unit, points) { Chart = metric.Name.Replace("validation-", "") };
    }

    static List<ChartPoint> Points(MetricsTable metrics, string column)
    {
        if (!metrics.Columns.Contains(column)) return [];
        double?[] epochs = metrics.Column(TrainingRun.EpochColumn), values = metrics.Column(column);
        return [.. epochs.Zip(values).Where(p => p.First is not null && p.Second is double y && double.IsFinite(y)).Select(p => new ChartPoint(p.First!.Value, p.Second!.Value))];
    }

    static string[] Values(JsonNode node) => node is JsonArray array ? [.. array.Select(v => v!.ToString())] : [node.ToString()];
}
