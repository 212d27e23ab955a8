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
        string label = context.Labelled(Name);
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
                    context.WriteText($"{label}-predictions.csv", Predictions(classifier, test));
            }
            context.Say($"seed {seed}: {string.Join(", ", ways.Select((way, w) => $"{way.Name} {100 * accuracies[w][^1]:F1} %"))}");
        }
        var table = new TextTable("", "test accuracy [%], mean ± spread", "validation accuracy after 1 epoch [%]", "after the last");
        for (int w = 0; w < ways.Length; w++)
            table.Add(ways[w].Name, Repetition.Percent(accuracies[w]), Repetition.Percent(After(histories[w], 0)),
                Repetition.Percent(After(histories[w], ^1)));
        context.Prose.Write(table.ToText());
        for (int w = 0; w < ways.Length; w++) context.Found($"mean test accuracy, {ways[w].Name} [share]", accuracies[w].Average());
        context.WriteText($"{label}-accuracy.svg", SvgChart.Line(
            new ChartFrame("Validation accuracy, mean over seeds") { XTitle = "epoch of fine-tuning", YTitle = "accuracy" },
            [.. ways.Select((way, w) => ChartSeries.PerEpoch(way.Name,
                Enumerable.Range(0, histories[w][0].Count).Select(e => After(histories[w], e).Average())))]));

        Write(context, new()
        {
            { "data", data.Name },
            { "rows", $"{data.Count}" },
            { "columns", $"{data.Columns}" },
            { "classes", string.Join(" or ", data.LabelNames!) },
            { "seeds", $"{seeds}" },
            { "table", table },
            { "minutes", $"{clock.Elapsed.TotalMinutes:F1}" },
            { "last-seed", $"{context.Seed + (ulong)seeds - 1}" },
        });
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
