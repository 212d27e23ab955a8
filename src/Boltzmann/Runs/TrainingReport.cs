using System.Runtime.InteropServices;

namespace Boltzmann.Runs;

/// <summary>Fills the page of a finished run.</summary>
static class TrainingReport
{
    const int MostClasses = 40;

    public static string Render(TrainingTask task, MetricsTable metrics, RunPictures pictures, RunJudgement judged, string commandLine,
        string? stopped)
    {
        GenerativeModel model = task.Shown;
        ReportWords words = task.Words;
        RunSettings usual = TrainPlan.Of(task.Plan.Kind).ToSettings();
        IReadOnlyCollection<string> settled = EffectiveSettings.Settled(task.Plan);
        string trained = task.IsGreedy ? string.Join(" + ", Enumerable.Range(1, model.Top).Select(layer => EpochsOf(metrics, layer)))
            : $"{task.Epoch}";
        return RunReport.Render(new RunReportContent(
            $"{words.Title}, {Sizes(task)}",
            $"{task.Training.Name}, {task.Training.Count:N0} rows, {trained} epochs")
        {
            Headline = ReportHeadlines.Of(judged),
            Machine = Machine(task),
            Numbers = [.. Numbers(task, metrics, judged)],
            Metrics = [.. Series(task, metrics)],
            Charts = [.. Charts(task, judged)],
            Tiles = [.. Mistakes(task, judged)],
            Images =
            [
                .. pictures.Filters.Select((picture, l) => Filters(task, picture, l + 1)),
                new("Reconstructions", words.Reconstructions, pictures.Reconstructions),
                new("Fantasy particles", $"{words.Samples} {pictures.Particles.Caption(task.Training.Image is null ? "rows" : "pictures")}",
                    pictures.Samples),
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
            Changed = ReportSettings.Changed(task.Settings, usual, settled),
            Effective = EffectiveSettings.Of(task),
            Settings = ReportSettings.Rest(task.Settings, usual, settled),
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

    static ReportImage Filters(TrainingTask task, byte[] picture, int layer) => task.Training.Image is null
        ? new(task.Shown.Top > 1 ? $"Weights of layer {layer}" : "Weights", task.Shown.Top == 0
            ? "Columns downward and across: red where two of them tend to be high together, blue where one is high and the other low."
            : $"{(layer == 1 ? "Columns of the table" : "Units of the layer below")} downward, hidden units across: where a value is "
            + "high, red weights switch the unit on, blue ones off.", picture)
        : layer == 1
        ? task.Shown.Top == 0 ? new("Weights", "The weights of the units with the largest ones to all others, one tile each: light "
        + "pixels switch the unit on, dark ones off.", picture)
        : new(task.Shown.Top > 1 ? "Filters of layer 1" : "Filters", "What the hidden units with the largest weights look for, one tile "
        + "each: light pixels switch the unit on, dark ones off.", picture)
        : new($"Filters of layer {layer}", task.Words.UpperFilters, picture);

    // Of a graph the layers are in no line.
    static string Sizes(TrainingTask task) => task.Plan.Graph is null ? string.Join(" × ", task.Shown.Layers.Select(layer => layer.Units))
        : string.Join(" + ", task.Shown.Undirected.Layers.Select(layer => layer.Units)) + " units";

    static ReportMachine Machine(TrainingTask task)
    {
        DrawnMachine drawn = task.Shown is StackModel { Below: > 0, Stack: Dbn stack } ? DrawnMachine.Of(stack)
            : DrawnMachine.Of(task.Shown.Undirected, task.Plan.Graph?.Names);
        // A pair of units of one layer has one weight, though the matrix has it twice.
        long parameters = drawn.Links.Sum(link => link.Pairs)
            + task.Model.Parameters.Where(p => !p.IsWeight).Sum(p => (long)p.Value.Rows * p.Value.Columns);
        return new(EnergyFormula.Html(drawn), MachineDrawing.Svg(drawn), $"{parameters:N0} parameters: weights W, biases b"
            + (task.Model.Parameters.Any(p => p.IsPositive) ? ", precisions γ (one over the variance of a unit without inputs)." : "."));
    }

    static IEnumerable<ReportTiles> Mistakes(TrainingTask task, RunJudgement judged)
    {
        if (judged.Labels is { } labels && task.Classes is { } classes
            && ReportMistakes.Of((task.Validation ?? task.Training).CompleteRows(), labels.Probabilities, classes,
                judged.Rows, TileRange.Of(task.Shown.RowLayers)) is ReportTiles tiles)
            yield return tiles;
    }

    static IEnumerable<ReportNumber> Numbers(TrainingTask task, MetricsTable metrics, RunJudgement judged)
    {
        foreach (var (layer, metric) in Measured(task))
        {
            // The headline has a better estimate of these, of more rows.
            if (!task.IsGreedy && (judged.Score is not null && metric.IsEstimated && metric.NeedsValidation
                || judged.Labels is not null && metric.NeedsLabels && metric.NeedsValidation)) continue;
            if (Last(metrics, metric.Name, layer) is double value
                && (double.IsFinite(value) || Last(metrics, MetricColumns.ErrorOf(metric.Name), layer) is not null))
                yield return new(NameOf(metric, layer), double.IsNaN(value) ? "n/a" : NumberText.Short(value), metric.Unit
                    + (metric is { NeedsRows: true, NeedsValidation: false } ? ", of training rows" : "")
                    + Trust(metrics, metric, layer, value));
        }
        double seconds = EpochTimes.Sum(metrics);
        if (seconds > 0) yield return new("training time", $"{seconds:F1} s", $"{task.Training.Count * (double)metrics.Rows / seconds:N0} "
            + "rows per second");
    }

    // What was measured last, though it may be no number.
    static double? Last(MetricsTable metrics, string column, int layer)
    {
        if (!metrics.Columns.Contains(column)) return null;
        double?[] values = metrics.Column(column), layers = layer == 0 ? [] : metrics.Column(MetricColumns.Layer);
        return Enumerable.Range(0, metrics.Rows).Where(r => layer == 0 || layers[r] == layer).Select(r => values[r])
            .LastOrDefault(value => value is not null);
    }

    static string Trust(MetricsTable metrics, Metric metric, int layer, double value) =>
        Last(metrics, MetricColumns.ErrorOf(metric.Name), layer) is not double error ? ""
        : double.IsNaN(value) ? "; annealed importance sampling is not to be believed here, boltzmann evaluate takes more care"
        : $"; ± {NumberText.Short(error, 2)}, effective sample size "
        + $"{NumberText.Short(Last(metrics, MetricColumns.SamplesOf(metric.Name), layer) ?? double.NaN, 2)}";

    static IEnumerable<MetricSeries> Series(TrainingTask task, MetricsTable metrics)
    {
        foreach (var (layer, metric) in Measured(task))
            if (Points(metrics, metric, layer) is { Count: > 0 } points)
                yield return new(NameOf(metric, layer), metric.Unit, points)
                {
                    Chart = MetricWords.Of(metric.Name.Replace("validation-", "")),
                    IsShare = metric.Unit == "share" || metric.Name == "hidden-activity",
                };
    }

    // How labels are told apart, on rows that were not learned from where there are any.
    static IEnumerable<ReportChart> Charts(TrainingTask task, RunJudgement judged)
    {
        if (judged.Labels is not { } labels || task.Classes is not { } classes) yield break;
        if (classes.Count <= MostClasses)
            yield return new(ClassificationCharts.Confusion("What was taken for what", classes, labels.Confusion),
                $"Counts over {judged.Rows}, {100 * labels.Accuracy:F2} % of them right: true classes downward, predicted ones across.");
        yield return new(ClassificationCharts.Reliability(Reliability.Of(labels.Probabilities, labels.Labels)),
            ClassificationCharts.ReliabilityCaption);
    }

    // Layer 0 stands for the only one of a machine by itself.
    static IEnumerable<(int Layer, Metric Metric)> Measured(TrainingTask task) =>
        task.Options.SelectMany((options, m) => options.Metrics.Select(metric => (task.IsGreedy ? m + 1 : 0, metric)));

    static string NameOf(Metric metric, int layer) => layer == 0 ? MetricWords.Of(metric.Name)
        : $"{MetricWords.Of(metric.Name)}, layer {layer}";

    static int EpochsOf(MetricsTable metrics, int layer) => metrics.Column(MetricColumns.Layer).Count(l => l == layer);

    static List<ChartPoint> Points(MetricsTable metrics, Metric metric, int layer)
    {
        string column = metric.Name;
        if (!metrics.Columns.Contains(column)) return [];
        double?[] epochs = metrics.Column(MetricColumns.Epoch), values = metrics.Column(column), layers = layer == 0 ? []
            : metrics.Column(MetricColumns.Layer);
        return [.. Enumerable.Range(0, metrics.Rows)
            .Where(r => (layer == 0 || layers[r] == layer) && epochs[r] is not null && values[r] is double y && double.IsFinite(y))
            .Select(r => new ChartPoint(epochs[r]!.Value, values[r]!.Value))];
    }
}
