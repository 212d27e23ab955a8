using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished run.</summary>
static class TrainingReport
{
    const int RowsAtOnce = 4096, MostClasses = 40;

    public static string Render(TrainingTask task, MetricsTable metrics, RunPictures pictures, string commandLine, string? stopped)
    {
        GenerativeModel model = task.Shown;
        ReportWords words = task.Words;
        string trained = task.IsGreedy ? string.Join(" + ", Enumerable.Range(1, model.Top).Select(layer => EpochsOf(metrics, layer)))
            : $"{task.Epoch}";
        return RunReport.Render(new RunReportContent(
            $"{words.Title}, {string.Join(" × ", model.Layers.Select(layer => layer.Units))}",
            $"{task.Training.Name}, {task.Training.Count:N0} rows, {trained} epochs")
        {
            Numbers = [.. Numbers(task, metrics)],
            Metrics = [.. Series(task, metrics)],
            Charts = [.. Charts(task)],
            Images =
            [
                .. pictures.Filters.Select((picture, l) => Filters(task, picture, l + 1)),
                new("Reconstructions", words.Reconstructions, pictures.Reconstructions),
                new("Fantasy particles", words.Samples, pictures.Samples),
                .. task.Film is EpochFilm film ? (ReportImage[])[new("Fantasy particles over epochs", "An animation, a frame before "
                + "learning and one after each epoch: chains that start at the same rows with the same random numbers and run freely for "
                + $"{EpochFilm.Sweeps} Gibbs sweeps, shown as pixel probabilities.", film.Encode())] : [],
                .. pictures.ClassSamples is byte[] classes ? (ReportImage[])[new("Fantasy particles of each class",
                    "A line per class: the label is held, all else sampled freely for 500 Gibbs sweeps from noise.", classes)] : [],
                .. pictures.Passages is byte[] passages ? (ReportImage[])[new("A row of each class",
                    "Data, units of the top hidden layer, and what these make of the data on the way down.", passages)] : [],
                .. pictures.Activations is byte[] activations ? (ReportImage[])[new(model.Top > 1 ? "Activations of the top "
                + "layer" : "Hidden activations", "Examples downward, hidden units across; bright where a unit is on. Stripes down the "
                + "picture are units that say the same of everything.", activations)] : [],
            ],
            Settings = [.. task.Settings.Names.Where(n => task.Settings[n] is not null).Select(n => new ReportSetting(n,
                Values(task.Settings[n]!)))],
            Notes =
            [
                .. stopped is null ? (string[])[] : [$"Training stopped early: {stopped}."],
                .. task.Imbalance is string imbalance ? (string[])[$"In {imbalance}."] : [],
                .. words.Note is string note ? (string[])[note] : [],
            ],
            CommandLine = commandLine,
            Footer = $"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}, {model.Placement}, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.",
        });
    }

    static ReportImage Filters(TrainingTask task, byte[] picture, int layer) => layer == 1
        ? task.Shown.Top == 0 ? new("Weights", "What the units with the largest weights hear of the others, one tile each: light ones "
        + "speak for the unit, dark ones against it.", picture)
        : new(task.Shown.Top > 1 ? "Filters of layer 1" : "Filters", "What the hidden units with the largest weights look for, one tile "
        + "each: light pixels speak for the unit, dark ones against it.", picture)
        : new($"Filters of layer {layer}", task.Words.UpperFilters, picture);

    static IEnumerable<ReportNumber> Numbers(TrainingTask task, MetricsTable metrics)
    {
        foreach (var (layer, metric) in Measured(task))
            if (Last(metrics, TrainingRun.ColumnOf(metric), layer) is double value
                && (double.IsFinite(value) || Last(metrics, TrainingRun.ErrorColumnOf(metric), layer) is not null))
                yield return new(NameOf(metric, layer), double.IsNaN(value) ? "n/a" : NumberText.Short(value), metric.Unit
                    + Trust(metrics, metric, layer, value));
        double seconds = metrics.Columns.Contains("time [s]") ? metrics.Column("time [s]").Sum() ?? 0 : 0;
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{task.Training.Count * (double)metrics.Rows / seconds:N0} "
            + "rows per second");
    }

    // What was measured last, though it may be no number.
    static double? Last(MetricsTable metrics, string column, int layer)
    {
        if (!metrics.Columns.Contains(column)) return null;
        double?[] values = metrics.Column(column), layers = layer == 0 ? [] : metrics.Column(TrainingRun.LayerColumn);
        return Enumerable.Range(0, metrics.Rows).Where(r => layer == 0 || layers[r] == layer).Select(r => values[r])
            .LastOrDefault(value => value is not null);
    }

    static string Trust(MetricsTable metrics, Metric metric, int layer, double value) =>
        Last(metrics, TrainingRun.ErrorColumnOf(metric), layer) is not double error ? ""
        : double.IsNaN(value) ? "; annealed importance sampling is not to be believed here, boltzmann evaluate takes more care"
        : $"; ± {NumberText.Short(error, 2)}, effective sample size "
        + $"{NumberText.Short(Last(metrics, TrainingRun.SamplesColumnOf(metric), layer) ?? double.NaN, 2)}";

    static IEnumerable<MetricSeries> Series(TrainingTask task, MetricsTable metrics)
    {
        foreach (var (layer, metric) in Measured(task))
            if (Points(metrics, metric, layer) is { Count: > 0 } points)
                yield return new(NameOf(metric, layer), metric.Unit, points) { Chart = metric.Name.Replace("validation-", "") };
    }

    // How labels are told apart, on rows that were not learned from where there are any.
    static IEnumerable<ReportChart> Charts(TrainingTask task)
    {
        if (task.Classes is not { } classes) yield break;
        Dataset judged = (task.Validation ?? task.Training).WithoutGaps();
        string rows = $"{judged.Count:N0} {(task.Validation is null ? "training" : "held-out")} rows";
        List<double[]> probabilities = [];
        for (int first = 0; first < judged.Count; first += RowsAtOnce)
            probabilities.AddRange(ImageSheet.RowsOf(task.Shown.PredictLogProbabilities(judged.ToMatrix(first,
                Math.Min(RowsAtOnce, judged.Count - first), task.Shown.Placement))).Select(row => Array.ConvertAll(row, Math.Exp)));
        if (classes.Count <= MostClasses)
        {
            var confusion = ConfusionMatrix.Of(judged.Labels!, [.. probabilities.Select(Predictor.Best)], classes.Count);
            double precision = AveragePrecision.Of(probabilities, judged.Labels!).Macro;
            yield return new(ClassificationCharts.Confusion("What was taken for what", classes, confusion),
                $"Counts over {rows}, {100 * confusion.Accuracy:F2} % of them right, balanced accuracy "
                    + $"{100 * confusion.BalancedAccuracy:F2} %, average precision {NumberText.Short(precision)}: true classes downward, "
                    + "predicted ones across.");
        }
        yield return new(ClassificationCharts.Reliability(Reliability.Of(probabilities, judged.Labels!)),
            ClassificationCharts.ReliabilityCaption);
    }

    // Layer 0 stands for the only one of a machine by itself.
    static IEnumerable<(int Layer, Metric Metric)> Measured(TrainingTask task) =>
        task.Options.SelectMany((options, m) => options.Metrics.Select(metric => (task.IsGreedy ? m + 1 : 0, metric)));

    static string NameOf(Metric metric, int layer) => layer == 0 ? metric.Name : $"{metric.Name}, layer {layer}";

    static int EpochsOf(MetricsTable metrics, int layer) => metrics.Column(TrainingRun.LayerColumn).Count(l => l == layer);

    static List<ChartPoint> Points(MetricsTable metrics, Metric metric, int layer)
    {
        string column = TrainingRun.ColumnOf(metric);
        if (!metrics.Columns.Contains(column)) return [];
        double?[] epochs = metrics.Column(TrainingRun.EpochColumn), values = metrics.Column(column), layers = layer == 0 ? []
            : metrics.Column(TrainingRun.LayerColumn);
        return [.. Enumerable.Range(0, metrics.Rows)
            .Where(r => (layer == 0 || layers[r] == layer) && epochs[r] is not null && values[r] is double y && double.IsFinite(y))
            .Select(r => new ChartPoint(epochs[r]!.Value, values[r]!.Value))];
    }

    static string[] Values(JsonNode node) => node is JsonArray { Count: > 0 } pairs && pairs[0] is JsonArray ? [$"{pairs.Count} pairs"]
        : node is JsonArray array ? [.. array.Select(v => v!.ToString())] : [node.ToString()];
}
