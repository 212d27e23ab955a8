namespace Boltzmann.Experiments;

/// <summary>
/// The machine of many a tutorial: MNIST, 784-256, ten epochs, learning rate 0.1, batches of 64, weights N(0, 0.1²), and its one printed
/// number, the reconstruction error, beside the likelihood that this number hides.
/// </summary>
sealed class TutorialExperiment : Experiment
{
    static readonly string[] columns = [MetricColumns.Epoch, "reconstruction-error", "validation-log-likelihood",
        MetricColumns.Seconds];

    public override string Name => "rbm-tutorial";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: the listing mixes its statistics, which gives no gradient of any "
            + "objective; run it without --as-published");
        RunFolder folder = context.Complete(context.Labelled(Name), TrainPlan.Of(ModelKind.Rbm) with
        {
            Data = MnistParts.Name,
            TrainRows = context.Quick ? MnistParts.QuickRows : 60_000,
            ValidationRows = MnistParts.HeldOutRows,
            Hidden = [256],
            Method = TrainingMethod.Cd,
            SampleVisible = true,
            Epochs = context.Quick ? 1 : 10,
            BatchSize = 64,
            LearningRate = [0.1],
            LearningRateEnd = 0.1,
            Momentum = [0],
            L2 = 0,
            WeightsStd = 0.1,
            VisibleBias = "0",
            Centering = false,
            Binarize = BinarizationWay.None,
            Metrics = ["reconstruction-error", "pseudo-likelihood", "validation-log-likelihood:1"],
        });
        MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);

        var table = new TextTable("epoch", "reconstruction error [mean square]", "validation log-likelihood [nats, AIS]", "time [s]");
        for (int row = 0; row < metrics.Rows; row++)
            table.Add([.. columns.Select(c => NumberText.Short(metrics[row, c] ?? double.NaN))]);
        context.Prose.Write(table.ToText());
        foreach (string column in (string[])[columns[1], columns[2]])
            context.Found($"{column}, last epoch", metrics.Rows == 0 ? double.NaN : metrics[metrics.Rows - 1, column] ?? double.NaN);
        Write(context, new() { { "table", table } }, ("filters", folder.FiltersPath));
    }
}
