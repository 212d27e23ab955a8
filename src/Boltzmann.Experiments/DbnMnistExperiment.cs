namespace Boltzmann.Experiments;

/// <summary>
/// The deep belief network of Hinton, Osindero and Teh (2006), 784-500-500-2000, without labels, and the network that it becomes by
/// back-propagation with dropout (Hinton et al. 2012).
/// </summary>
sealed class DbnMnistExperiment : Experiment
{
    static readonly FineTunePlan adam = new()
    {
        Data = MnistParts.Name,
        ValidationRows = MnistParts.HeldOutRows,
        LearningRate = [0.001],
        LearningRateEnd = 2e-5,
        Patience = 1000
    };

    public override string Name => "dbn-mnist";

    public override string Description =>
        "784-500-500-2000 on MNIST, pre-trained layer by layer, fine-tuned by back-propagation with dropout";

    public override string Published => "1.25 % (up-down), 1.15 % (back-propagation), 1.04 % (with dropout) test error";

    public override string Takes => "40 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        MnistParts parts = MnistParts.Open(context);
        string name = context.Labelled(Name);
        RunFolder stack = context.Complete($"{name}-stack", PretrainingPlan(context));
        FineTuned[] tuned =
        [
            FineTuned.Complete(context, $"{name}-dropout", stack.ModelPath, parts.Test,
                Shortened(context, adam with { Dropout = 0.25, InputDropout = 0.2, Epochs = 60 })),
            FineTuned.Complete(context, $"{name}-plain", stack.ModelPath, parts.Test, Shortened(context, adam with { Epochs = 15 })),
            FineTuned.Complete(context, $"{name}-random", stack.ModelPath, parts.Test,
                Shortened(context, adam with { Epochs = 15, RandomStart = true })),
        ];

        var table = new TextTable("", "published test error [%]", "ours, test error [%]", "validation error [%]", "settings", "time [s]");
        Add("pre-trained, with dropout", "1.04", tuned[0]);
        Add("pre-trained, plain back-propagation", "1.15", tuned[1]);
        Add("random weights, plain back-propagation", "1.6", tuned[2]);
        context.Prose.Write(table.ToText());

        double[] sources = [0.0104, 0.0115, 0.016];
        for (int i = 0; i < tuned.Length; i++)
            context.Found($"test error, {Path.GetFileName(tuned[i].Folder.Path)} [share]", tuned[i].ErrorPercent / 100, sources[i]);

        void Add(string what, string published, FineTuned run) =>
            table.Add(what, published, $"{run.ErrorPercent:F2}", $"{run.ValidationErrorPercent:F2}", run.Words, $"{run.Seconds:F0}");

        Dbn model = ModelFile.LoadDbn(stack.ModelPath, context.Placement);
        MetricsTable metrics = MetricsTable.Open(stack.MetricsPath);
        context.WriteText($"{name}-curves.svg", FineTuned.Curves("validation-accuracy", ("pre-trained, dropout", tuned[0]),
            ("pre-trained, plain", tuned[1]), ("random weights, plain", tuned[2])));
        context.WriteText($"{name}-confusion.svg", tuned[0].ConfusionChart());
        context.WriteText($"{name}-reliability.svg", ClassificationCharts.Reliability(tuned[0].Reliability));
        context.WriteBytes($"{name}-digits.png", ClassPassages.Draw(parts.Test, new StackModel(model), model.Machines.Count));
        context.WriteBytes($"{name}-filters-2.png", File.ReadAllBytes(stack.LayerFiltersPath(2)));
        context.Write(name, context.Page(Name)
            .Paragraph($"{Description}. 55 000 rows to learn from, 5 000 to choose the epoch by, 10 000 for the test. Published: 1.25 % by "
            + "up-down learning of a network with labels (Hinton, Osindero and Teh 2006), 1.15 % by back-propagation, 1.04 % with dropout; "
            + "1.6 % by back-propagation from random weights (Salakhutdinov and Hinton 2009).")
            .Table(table)
            .Paragraph($"Pre-training of three layers: {metrics.Rows} epochs in all, "
            + $"{(metrics.Column("time [s]").Sum() ?? double.NaN) / 60:F1} minutes, without labels. Machine: "
            + $"{Machine.Describe(context.Placement)}. Seed {context.Seed}. Times are those of the runs, which shared the machine with "
            + "other work.")
            .Heading("Learning with and without pre-training").Image("Validation accuracy by epoch", $"{name}-curves.svg")
            .Heading("What was taken for what").Image("Confusion matrix on the test rows",
                $"{name}-confusion.svg").Image("Reliability of probabilities", $"{name}-reliability.svg")
            .Heading("What the network dreams").Paragraph("Chains of the two upper layers, passed down to pixel probabilities; before "
            + "fine-tuning.").Image("Samples", $"{name}-samples.png")
            .Heading("Reconstructions").Paragraph("A digit of each class: data, top hidden units, reconstruction through all "
            + "layers.").Image("Reconstructions per digit", $"{name}-digits.png")
            .Heading("Filters").Paragraph("Of the first and of the second layer, the latter passed down.").Image("Filters of layer 1",
                $"{name}-filters.png").Image("Filters of layer 2", $"{name}-filters-2.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings of the stack").Code(stack.Settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json")
            .Heading("Settings of the fine-tuning").Code(tuned[0].Folder.Settings.ToJson().ToJsonString(new() { WriteIndented = true }),
                "json"),
            ("samples", stack.SamplesPath), ("filters", stack.FiltersPath));
    }

    static TrainPlan PretrainingPlan(ExperimentContext context) => TrainPlan.Of(ModelKind.Dbn) with
    {
        Data = MnistParts.Name,
        ValidationRows = MnistParts.HeldOutRows,
        TrainRows = context.Quick ? MnistParts.QuickRows : null,
        Hidden = [500, 500, 2000],
        Method = TrainingMethod.Pcd,
        Chains = 100,
        BatchSize = 100,
        LearningRate = [0.1],
        SparsityTarget = [0.1],
        SparsityCost = [0.1],
        Epochs = context.Quick ? 1 : 25,
        Metrics = ["reconstruction-error", "free-energy-gap", "weight-norm", "hidden-activity"],
    };

    // A smoke test keeps nothing of a plan but where it starts.
    static FineTunePlan Shortened(ExperimentContext context, FineTunePlan plan) => !context.Quick ? plan
        : new()
        {
            Data = plan.Data,
            ValidationRows = plan.ValidationRows,
            RandomStart = plan.RandomStart,
            TrainRows = MnistParts.QuickRows,
            Epochs = 2
        };
}
