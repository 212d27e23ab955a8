namespace Boltzmann.Experiments;

/// <summary>
/// The machine of many a tutorial: MNIST, 784-256, ten epochs, learning rate 0.1, batches of 64, weights N(0, 0.1²), and its one printed
/// number, the reconstruction error, beside the likelihood that this number hides.
/// </summary>
sealed class TutorialExperiment : Experiment
{
    static readonly string[] columns = ["epoch", "reconstruction-error [mean square]", "validation-log-likelihood [nats]", "time [s]"];

    public override string Name => "rbm-tutorial";

    public override string Description => "784-256 on MNIST as tutorials train it: CD-1, 10 epochs, learning rate 0.1, batch 64";

    public override string Published => "a falling reconstruction error, no likelihood";

    public override string Takes => "1 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: the listing's mixed statistics are no gradient of anything and are "
            + "not kept; run it without --as-published");
        string name = context.Labelled(Name);
        RunFolder folder = context.Complete(name, TrainPlan.Of(ModelKind.Rbm) with
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
        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. The tutorials print the reconstruction error and stop there. Grey pixels enter as probabilities; "
            + "the likelihood is that of the same values.")
            .Table(table)
            .Paragraph($"Machine: {Machine.Describe(context.Placement)}. Seed {context.Seed}. One change: statistics of the negative phase "
            + "use the visible states from which the hidden means were computed, where the listing mixes them with probabilities.")
            .Heading("Filters").Image("Filters", $"{name}-filters.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh");
        context.Write(name, page, ("filters", folder.FiltersPath));
    }
}
