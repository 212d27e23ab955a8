using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Boltzmann.Experiments;

/// <summary>
/// The classifier of a table that a tutorial listing describes, end to end: a CSV file with the label last, columns scaled to 0..1,
/// machines of 256 and 128 units, a network 256-128-1, predictions to a CSV file. The listing trains its machines and then does not use
/// them; here their weights are where the network begins.
/// </summary>
sealed class CsvExperiment : Experiment
{
    const string Data = "sonar";

    // As in the listing.
    static readonly DbnSettings listed = new()
    {
        Hidden = [256, 128],
        Activation = Activation.Relu,
        PretrainingEpochs = 10,
        PretrainingRate = 0.01,
        Epochs = 50,
        BatchSize = 32,
        L2 = 0,
        ValidationShare = 0.2,
    };

    static readonly DbnSettings longer = listed with { PretrainingEpochs = 200, PretrainingRate = null };

    public override string Name => "csv-classifier";

    public override string Description =>
        "a CSV table, label last: scaled, pre-trained 256-128, fine-tuned, predictions to CSV; with and without pre-training, over seeds";

    public override string Published => "a listing, no number";

    public override string Takes => "1 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: what the listing does, training machines and leaving them unused, "
            + "is the row without pre-training: run it without --as-published");
        Dataset data = context.Data.Open(Data, new DataOptions());
        var clock = Stopwatch.StartNew();
        int seeds = context.Quick ? 2 : 20;
        DbnSettings Shortened(DbnSettings settings) => context.Quick ? settings with { Epochs = 3, PretrainingEpochs = 1 } : settings;
        Repetition[] ways =
        [
            new("no pre-training (what the listing comes to)", Shortened(listed), Pretrains: false),
            new("pre-trained as listed, 10 epochs at 0.01", Shortened(listed)),
            new("pre-trained longer, 200 epochs at 0.05", Shortened(longer)),
        ];
        var accuracies = ways.Select(_ => new List<double>()).ToArray();
        var histories = ways.Select(_ => new List<IReadOnlyList<EpochRecord>>()).ToArray();
        string label = context.Labelled(Name), predictions = $"{label}-predictions.csv", curves = $"{label}-accuracy.svg";
        Directory.CreateDirectory(context.Results);
        for (int s = 0; s < seeds; s++)
        {
            ulong seed = context.Seed + (ulong)s;
            var (training, test) = Repetition.Divide(data, seed);
            for (int w = 0; w < ways.Length; w++)
            {
                DbnClassifier<string> classifier = ways[w].Learn(training, seed, context);
                accuracies[w].Add(classifier.Score(test));
                histories[w].Add(classifier.History);
                if (s == 0 && w == ways.Length - 1)
                    AtomicFile.WriteText(Path.Combine(context.Results, predictions), Predictions(classifier, test));
            }
            context.Say($"seed {seed}: {string.Join(", ", ways.Select((way, w) => $"{way.Name} {100 * accuracies[w][^1]:F1} %"))}");
        }
        var table = new TextTable("", "test accuracy [%], mean ± spread", "validation accuracy after 1 epoch [%]", "after the last");
        for (int w = 0; w < ways.Length; w++) table.Add(ways[w].Name, Repetition.Percent(accuracies[w]),
            Repetition.Percent(After(histories[w], 0)), Repetition.Percent(After(histories[w], ^1)));
        context.Prose.Write(table.ToText());
        for (int w = 0; w < ways.Length; w++) context.Found($"mean test accuracy, {ways[w].Name} [share]", accuracies[w].Average());
        AtomicFile.WriteText(Path.Combine(context.Results, curves), SvgChart.Line(
            new ChartFrame("Validation accuracy, mean over seeds") { XTitle = "epoch of fine-tuning", YTitle = "accuracy" },
            [.. ways.Select((way, w) => ChartSeries.PerEpoch(way.Name,
                Enumerable.Range(0, histories[w][0].Count).Select(e => After(histories[w], e).Average())))]));

        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. Data: {data.Name}, {data.Count} rows of {data.Columns} numbers and a class "
            + $"({string.Join(" or ", data.LabelNames!)}); each of {seeds} seeds keeps 20 % of the rows for testing and 20 % of the others "
            + "for validation. Columns are scaled to 0..1 by the training rows; two rectified layers and one logistic unit, cross-entropy, "
            + "Adam, 50 epochs, batches of 32.")
            .Table(table)
            .Paragraph("The listing trains its machines by gradients through samples, which have none, and starts its classifier at "
            + "random: its result is that of the first row. In the others the network begins with the machines' weights. Machines learn by "
            + "CD-1 with momentum 0.9.")
            .Image("Validation accuracy by epoch", curves)
            .Paragraph($"Predictions for the test rows of the first seed, with probabilities: [{predictions}]({predictions}).")
            .Paragraph($"All in {clock.Elapsed.TotalMinutes:F1} minutes. Machine: {Machine.Describe(context.Placement)}. Seeds "
            + $"{context.Seed} to {context.Seed + (ulong)seeds - 1}.")
            .Heading("How to repeat it").Code(context.CommandLine, "sh");
        context.Write(label, page);
    }

    static double[] After(IEnumerable<IReadOnlyList<EpochRecord>> histories, Index epoch) =>
        [.. histories.Select(history => history[epoch].Metrics[NetworkMetric.Validation + NetworkMetric.Accuracy])];

    static string Predictions(DbnClassifier<string> classifier, Dataset test)
    {
        double[,] probabilities = classifier.PredictProbabilities(test);
        string[] predicted = classifier.Predict(test);
        var text = new StringBuilder($"label,predicted,{string.Join(',', classifier.Classes.Select(name => $"P({name})"))}\n");
        for (int r = 0; r < predicted.Length; r++)
        {
            var shares = Enumerable.Range(0, classifier.Classes.Count)
                .Select(k => probabilities[r, k].ToString("F6", CultureInfo.InvariantCulture));
            text.Append($"{test.LabelNames![test.Labels![r]]},{predicted[r]},{string.Join(',', shares)}\n");
        }
        return text.ToString();
    }
}
