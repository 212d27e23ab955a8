using System.Runtime.InteropServices;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished fine-tuning.</summary>
static class FineTuneReport
{
    // What every run states and no default has.
    static readonly string[] own = ["model", "seed", "precision"];

    public static string Render(FineTuneTask task, MetricsTable metrics, FineTuneResult result, string commandLine, string? stopped)
    {
        RunSettings usual = new FineTunePlan().ToSettings();
        return RunReport.Render(new RunReportContent(
        $"{Kind(task)}, {string.Join("-", task.Sizes)}",
        $"{task.Training.Data.Name}, {task.Training.Data.Count:N0} rows, {task.Trainer.Epoch} epochs, {Beginning(task)}")
        {
            Headline = Headline(task, result),
            Numbers = [.. Numbers(metrics, result)],
            Metrics = [.. Series(task, metrics)],
            Charts = [.. Charts(task, result)],
            Images = [.. Images(result)],
            Tiles = result.Mistakes is ReportTiles mistakes ? [mistakes] : [],
            Changed = ReportSettings.Changed(task.Settings, usual, own),
            Settings = ReportSettings.Rest(task.Settings, usual, []),
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
    }

    static string Kind(FineTuneTask task) =>
        task.IsAutoEncoder ? "Auto-encoder" : task.IsRegression ? "Regression network" : "Classification network";

    static string Beginning(FineTuneTask task) => task.Plan.RandomStart ? "from random weights" : $"from a {task.Plan.StartModel}";

    static ReportHeadline Headline(FineTuneTask task, FineTuneResult result)
    {
        if (task.IsAutoEncoder) return new($"squared error of a row on {result.Rows}", NumberText.Short(result.Score.SquaredError));
        if (result.Confusion is not ConfusionMatrix confusion)
            return new($"R² on {result.Rows}", NumberText.Short(result.Score.RSquared));
        double accuracy = confusion.Accuracy, error = Math.Sqrt(accuracy * (1 - accuracy) / confusion.Total);
        return new($"accuracy on {result.Rows}", $"{100 * accuracy:F2} ± {100 * error:F2} %");
    }

    static IEnumerable<ReportNumber> Numbers(MetricsTable metrics, FineTuneResult result)
    {
        if (result.Confusion is ConfusionMatrix confusion)
        {
            yield return new("error", $"{100 * (1 - confusion.Accuracy):F2} %",
                $"{confusion.Total - Enumerable.Range(0, confusion.Classes).Sum(c => confusion.Counts[c, c]):N0} wrong");
            yield return new("balanced accuracy", $"{100 * result.Score.BalancedAccuracy:F2} %", "mean recall of the classes");
            yield return new("average precision", NumberText.Short(result.Score.AveragePrecision),
                "area under precision and recall, mean of the classes");
            yield return new("calibration error", $"{100 * result.Reliability!.ExpectedCalibrationError:F2} %", "confidence against "
                + "accuracy");
        }
        yield return new("loss", NumberText.Short(result.Score.Loss), "per row");
        double seconds = EpochTimes.Sum(metrics);
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{metrics.Rows} epochs");
    }

    static IEnumerable<MetricSeries> Series(FineTuneTask task, MetricsTable metrics)
    {
        MetricsTable? other = task.Compared is RunFolder compared ? MetricsTable.Open(compared.MetricsPath) : null;
        string otherName = task.ComparedPlan?.RandomStart == true ? "random start"
            : Path.GetFileName(task.Compared?.Path.TrimEnd('/', '\\')) ?? "";
        foreach (string name in NetworkMetric.Names(task.Network.Head, task.Validation is not null))
        {
            string chart = MetricWords.Of(name.Replace(NetworkMetric.Validation, "")), words = MetricWords.Of(name);
            bool isShare = NetworkMetric.Unit(name, task.Network.Head) == "share";
            if (Points(metrics, name) is { Length: > 0 } points)
                yield return new(words, NetworkMetric.Unit(name, task.Network.Head), points) { Chart = chart, IsShare = isShare };
            if (other is not null && Points(other, name) is { Length: > 0 } others)
                yield return new($"{words}, {otherName}", NetworkMetric.Unit(name, task.Network.Head), others)
                {
                    Chart = chart,
                    IsShare = isShare,
                };
        }
    }

    static ChartPoint[] Points(MetricsTable metrics, string name)
    {
        if (!metrics.Columns.Contains(name)) return [];
        double?[] epochs = metrics.Column(MetricColumns.Epoch), values = metrics.Column(name);
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
        if (result.Pairs is byte[] pairs) yield return new("Rows and what their codes give back",
            $"The first of {result.Rows}, each above its reconstruction.", pairs);
        if (result.Filters is byte[] filters) yield return new("Filters",
            "Incoming weights of the first layer's strongest units: light pixels speak for the unit, dark ones against it.", filters);
    }
}
