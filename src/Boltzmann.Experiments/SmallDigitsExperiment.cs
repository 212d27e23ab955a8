using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// The demonstration of a widely used deep-belief library: 1797 digits of 8 × 8 pixels, two layers of 256, with its settings and, beside
/// it, with settings picked among a few. Every seed divides the rows anew and picks by its own training rows.
/// </summary>
sealed class SmallDigitsExperiment : Experiment
{
    const double PickingShare = 0.25;

    // Plain gradient descent; L2 of 1 counts once per row there, of which 1437 train.
    static readonly DbnSettings published = new()
    {
        Hidden = [256, 256],
        Activation = Activation.Relu,
        PretrainingEpochs = 10,
        PretrainingRate = 0.05,
        Epochs = 100,
        LearningRate = 0.1,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0,
        BatchSize = 32,
        Dropout = 0.2,
        InputDropout = 0.2,
        L2 = 1.0 / 1437,
        Scaling = FeatureScaling.None,
    };

    static readonly (string Name, DbnSettings Settings)[] candidates =
    [
        ("rectified, Adam", published with { Optimizer = OptimizerKind.Adam, LearningRate = 0.001, Momentum = 0.9, L2 = 1e-4 }),
        ("rectified, Adam, 50 epochs of pre-training, dropout 0.5 above the inputs", published with { Optimizer = OptimizerKind.Adam,
            LearningRate = 0.001, Momentum = 0.9, L2 = 1e-4, PretrainingEpochs = 50, Dropout = 0.5 }),
        ("sigmoid, Adam, 50 epochs of pre-training", published with { Activation = Activation.Sigmoid, Optimizer = OptimizerKind.Adam,
            LearningRate = 0.001, Momentum = 0.9, L2 = 1e-4, PretrainingEpochs = 50 }),
        ("512-512 rectified, Adam, 50 epochs of pre-training, dropout 0.5 above the inputs", published with { Hidden = [512, 512],
            Optimizer = OptimizerKind.Adam, LearningRate = 0.001, Momentum = 0.9, L2 = 1e-4, PretrainingEpochs = 50, Dropout = 0.5 }),
    ];

    public override string Name => "dbn-digits";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished)
            throw new BadInputException($"{Name} shows the published settings beside others: run it without --as-published");
        Dataset data = context.Data.Open("optdigits", new DataOptions { Split = DataSplit.Test });
        var clock = Stopwatch.StartNew();
        int seeds = context.Quick ? 2 : 10;
        DbnSettings Shortened(DbnSettings settings) => context.Quick ? settings with { Epochs = 3, PretrainingEpochs = 1 } : settings;

        string[] names = ["published settings, no pre-training", "published settings", "picked settings, no pre-training",
            "picked settings"];
        var accuracies = names.Select(_ => new List<double>()).ToArray();
        var judged = candidates.Select(_ => new List<double>()).ToArray();
        var picks = new int[candidates.Length];
        for (int s = 0; s < seeds; s++)
        {
            ulong seed = context.Seed + (ulong)s;
            var (training, test) = Repetition.Divide(data, seed);
            int picked = Pick(training, seed, context, Shortened, judged);
            picks[picked]++;
            DbnSettings[] settings = [published, published, candidates[picked].Settings, candidates[picked].Settings];
            for (int w = 0; w < names.Length; w++) accuracies[w].Add(new Repetition(names[w], Shortened(settings[w]),
                Pretrains: w % 2 == 1).Learn(training, seed, context).Score(test));
            context.Say($"seed {seed}: {string.Join(", ", names.Select((name, w) => $"{name} {100 * accuracies[w][^1]:F2} %"))}");
        }
        var picking = new TextTable("candidate", "validation accuracy [%], mean ± spread", "picked");
        for (int c = 0; c < candidates.Length; c++)
            picking.Add(candidates[c].Name, Repetition.Percent(judged[c]), $"{picks[c]} of {seeds}");
        var table = new TextTable("", "test accuracy [%], mean ± spread", "least", "greatest");
        for (int w = 0; w < names.Length; w++)
            table.Add(names[w], Repetition.Percent(accuracies[w]), $"{100 * accuracies[w].Min():F2}", $"{100 * accuracies[w].Max():F2}");
        context.Prose.Write(table.ToText());

        Write(context, new()
        {
            { "rows", $"{data.Count}" },
            { "seeds", $"{seeds}" },
            { "table", table },
            { "picking", picking },
            { "minutes", $"{clock.Elapsed.TotalMinutes:F1}" },
            { "last-seed", $"{context.Seed + (ulong)seeds - 1}" },
        });
        for (int w = 0; w < names.Length; w++) context.Found($"mean test accuracy, {names[w]} [share]", accuracies[w].Average());
    }

    static int Pick(Dataset training, ulong seed, ExperimentContext context, Func<DbnSettings, DbnSettings> shortened,
        List<double>[] judged)
    {
        var (learned, held) = Split.Random(training, PickingShare, new Rng(seed), stratify: true);
        double[] scores = [.. candidates.Select(candidate => new Repetition(candidate.Name, shortened(candidate.Settings)).Learn(learned,
            seed, context).Score(held))];
        for (int c = 0; c < scores.Length; c++) judged[c].Add(scores[c]);
        return Array.IndexOf(scores, scores.Max());
    }
}
