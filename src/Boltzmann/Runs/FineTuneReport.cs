using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished fine-tuning.</summary>
static class FineTuneReport
{
    public static string Render(FineTuneTask task, MetricsTable metrics, FineTuneResult result, string commandLine, string? stopped) =>
        RunReport.Render(new RunReportContent(
        $"{(task.IsRegression ? "Regression" : "Classification")} network, {string.Join("-", task.Sizes)}",
        $"{task.Training.Data.Name}, {task.Training.Data.Count:N0} rows, {task.Trainer.Epoch} epochs, {Beginning(task)}")
        {
            Numbers = [.. Numbers(metrics, result)],
            Metrics = [.. Series(task, metrics)],
            Charts = [.. Charts(task, result)],
            Images = [.. Images(result)],
            Settings = [.. task.Settings.Names.Where(n => task.Settings[n] is not null).Select(n => new ReportSetting(n,
            Values(task.Settings[n]!)))],
            Notes =
        [
            .. stopped is null ? (string[])[] : [$"Training stopped early: {stopped}. The network is that of the "
            + $"{(task.Plan.Keep == KeptEpoch.Best ? "best" : "last")} epoch."],
            .. task.Imbalance is string imbalance ? (string[])[$"In {imbalance}."] : [],
        ],
            CommandLine = commandLine,
            Footer = $"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}, {task.Network.Placement}, "
            + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.",
        });

    static string Beginning(FineTuneTask task) => task.Plan.RandomStart ? "from random weights" : $"from a {task.Plan.StartModel}";

    static IEnumerable<ReportNumber> Numbers(MetricsTable metrics, FineTuneResult result)
    {
        if (result.Confusion is ConfusionMatrix confusion)
        {
            yield return new("accuracy", $"{100 * confusion.Accuracy:F2} %", result.Rows);
            yield return new("error", $"{100 * (1 - confusion.Accuracy):F2} %",
                $"{confusion.Total - Enumerable.Range(0, confusion.Classes).Sum(c => confusion.Counts[c, c]):N0} wrong");
            yield return new("balanced accuracy", $"{100 * result.Score.BalancedAccuracy:F2} %", "mean recall of the classes");
            yield return new("average precision", NumberText.Short(result.Score.AveragePrecision),
                "area under precision and recall, mean of the classes");
            yield return new("calibration error", $"{100 * result.Reliability!.ExpectedCalibrationError:F2} %", "confidence against "
                + "accuracy");
        }
        else yield return new("R²", NumberText.Short(result.Score.RSquared), result.Rows);
        yield return new("loss", NumberText.Short(result.Score.Loss), "per row");
        double seconds = metrics.Columns.Contains("time [s]") ? metrics.Column("time [s]").Sum() ?? 0 : 0;
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{metrics.Rows} epochs");
    }

    static IEnumerable<MetricSeries> Series(FineTuneTask task, MetricsTable metrics)
    {
        MetricsTable? other = task.Compared is RunFolder compared ? MetricsTable.Open(compared.MetricsPath) : null;
        string otherName = task.ComparedPlan?.RandomStart == true ? "random start"
            : Path.GetFileName(task.Compared?.Path.TrimEnd('/', '\\')) ?? "";
        foreach (string name in NetworkMetric.Names(task.Network.Head, task.Validation is not null))
        {
            string chart = name.Replace(NetworkMetric.Validation, "");
            if (Points(metrics, name, task) is { Length: > 0 } points)
                yield return new(name, NetworkMetric.Unit(name, task.Network.Head), points) { Chart = chart };
            if (other is not null && Points(other, name, task) is { Length: > 0 } others)
                yield return new($"{name}, {otherName}", NetworkMetric.Unit(name, task.Network.Head), others) { Chart = chart };
        }
    }

    static ChartPoint[] Points(MetricsTable metrics, string name, FineTuneTask task)
    {
        string column = FineTuneRun.ColumnOf(name, task.Network.Head);
        if (!metrics.Columns.Contains(column)) return [];
        double?[] epochs = metrics.Column(TrainingRun.EpochColumn), values = metrics.Column(column);
        return [.. Enumerable.Range(0, metrics.Rows).Where(r => values[r] is double y
            && double.IsFinite(y)).Select(r => new ChartPoint(epochs[r]!.Value, values[r]!.Value))];
    }

    static IEnumerable<ReportChart> Charts(FineTuneTask task, FineTuneResult result)
    {
        if (result.Confusion is ConfusionMatrix confusion)
        {
            if (confusion.Classes <= 40)
                yield return new(ClassificationCharts.Confusion("What was taken for what", task.Classes!, confusion),
                    $"Counts over {result.Rows}: true classes downward, predicted ones across.");
            yield return new(ClassificationCharts.Reliability(result.Reliability!), ClassificationCharts.ReliabilityCaption);
        }
        else if (result.Predictions.Count > 0)
        {
            double low = result.Predictions.Min(p => p.X), high = result.Predictions.Max(p => p.X);
            yield return new(SvgChart.Scatter(new ChartFrame("Predicted against true") { XTitle = "true", YTitle = "predicted" },
                new ChartSeries("rows", result.Predictions), new ChartSeries("equal",
                    [.. Enumerable.Range(0, 41).Select(i => low + i * (high - low) / 40).Select(x => new ChartPoint(x, x))])),
                $"Some of {result.Rows}; a perfect prediction lies on the line of the other dots.");
        }
    }

    static IEnumerable<ReportImage> Images(FineTuneResult result)
    {
        if (result.Filters is byte[] filters) yield return new("Filters",
            "Incoming weights of the first layer's strongest units: light pixels speak for the unit, dark ones against it.", filters);
        if (result.Mistakes is byte[] mistakes) yield return new("Surest mistakes",
            $"Those of {result.Rows} that were taken for another class with the greatest confidence.", mistakes);
    }

    static string[] Values(JsonNode node) => node is JsonArray array ? [.. array.Select(v => v!.ToString())] : [node.ToString()];
}
