namespace Boltzmann.Experiments;

/// <summary>A finished fine-tuning and how it did on test rows.</summary>
/// <param name="Folder">Its run.</param>
/// <param name="Network">What was learned.</param>
/// <param name="TestScore">On the test rows.</param>
/// <param name="Confusion">On the test rows.</param>
/// <param name="Reliability">On the test rows.</param>
sealed record FineTuned(RunFolder Folder, LoadedNetwork Network, NetworkScore TestScore, ConfusionMatrix Confusion, Reliability Reliability)
{
    /// <summary>Dropout with Adam: by validation error better from random weights, which large steps leave slowly.</summary>
    public static FineTunePlan Adam { get; } = new()
    {
        LearningRate = [0.001],
        LearningRateEnd = 2e-5,
        Dropout = 0.5,
        InputDropout = 0.2,
        Patience = 1000
    };

    /// <summary>
    /// Dropout with large steps and limited norms, as Srivastava et al. (2014) advise; by validation error better from pre-trained weights
    /// (docs/design-notes.md).
    /// </summary>
    public static FineTunePlan LargeSteps { get; } = new()
    {
        Optimizer = OptimizerKind.Sgd,
        LearningRate = [0.3],
        LearningRateEnd = 0.003,
        Momentum = [0.95],
        MaxNorm = 12,
        Dropout = 0.5,
        InputDropout = 0.2,
        Patience = 1000,
    };

    /// <summary>Test error.</summary>
    public double ErrorPercent => 100 * (1 - TestScore.Accuracy);

    /// <summary>Validation error of the epoch that was kept.</summary>
    public double ValidationErrorPercent => 100 * (1 - (Column("validation-accuracy").Max() ?? double.NaN));

    /// <summary>Time spent in updates.</summary>
    public double Seconds => MetricsTable.Open(Folder.MetricsPath).Column(MetricColumns.Seconds).Sum() ?? double.NaN;

    /// <summary>How it learned, in a few words.</summary>
    public string Words
    {
        get
        {
            var plan = FineTunePlan.From(Folder.Settings);
            string dropout = plan.Dropout > 0 ? $", dropout {plan.Dropout} / {plan.InputDropout} of inputs"
                : "", norms = plan.MaxNorm is double norm ? $", norms to {norm}" : "";
            return $"{(plan.Optimizer == OptimizerKind.Adam ? "adam" : "sgd")}, {Column("loss").Length} epochs{dropout}{norms}, "
                + $"{(plan.EarlyStopping == "none" ? "last epoch" : "best epoch by validation accuracy")}";
        }
    }

    /// <summary>The fine-tuning of a plan, from its run folder, where it is run first if it has not been.</summary>
    public static FineTuned Complete(ExperimentContext context, string run, string start, Dataset test, FineTunePlan plan)
    {
        RunFolder folder = context.Complete(run, plan.StartingFrom(start));
        LoadedNetwork network = LoadedNetwork.Read(folder.ModelPath, context.Placement);
        NetworkScore score = network.Score(test);
        IReadOnlyList<double[]> outputs = network.Predict(test);
        // Also for programs that read arrays: what was said of the test rows, and what is true.
        WriteColumn(Path.Combine(folder.Path, "test-predictions.npy"), [.. outputs.Select(row => (double)Predictor.Best(row))]);
        WriteColumn(Path.Combine(folder.Path, "test-targets.npy"), [.. test.Labels!.Select(label => (double)label)]);
        context.Say($"{run}: {100 * (1 - score.Accuracy):F2} % test error");
        return new(folder, network, score, ConfusionMatrix.Of(test.Labels!, [.. outputs.Select(Predictor.Best)], network.Classes!.Count),
            Reliability.Of(outputs, test.Labels!));
    }

    static void WriteColumn(string path, double[] values)
    {
        var column = new Matrix(values.Length, 1);
        for (int r = 0; r < values.Length; r++) column[r, 0] = values[r];
        RowsFile.Write(path, values.Length, ["class"], Precision.Float32, [column]);
    }

    /// <summary>A metric of some runs by epoch.</summary>
    public static string Curves(string metric, params (string Name, FineTuned Run)[] runs) => SvgChart.Line(
        new ChartFrame(metric.Replace('-', ' '))
        {
            XTitle = "epoch",
            YTitle = NetworkMetric.Unit(metric, runs[0].Run.Network.Network.Head)
        },
        [.. runs.Select(run => ChartSeries.PerEpoch(run.Name, run.Run.Column(metric).Select(value => value ?? double.NaN)))]);

    /// <summary>The confusion matrix of the test rows.</summary>
    public string ConfusionChart() => ClassificationCharts.Confusion("Test rows: what was taken for what", Network.Classes!, Confusion);

    double?[] Column(string metric) => MetricsTable.Open(Folder.MetricsPath).Column(metric);
}
