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
        Add("pre-trained, with dropout", "dropout", tuned[0]);
        Add("pre-trained, plain back-propagation", "plain", tuned[1]);
        Add("random weights, plain back-propagation", "random", tuned[2]);
        context.Prose.Write(table.ToText());

        Dbn model = ModelFile.LoadDbn(stack.ModelPath, context.Placement);
        context.WriteText($"{name}-curves.svg", FineTuned.Curves("validation-accuracy", ("pre-trained, dropout", tuned[0]),
            ("pre-trained, plain", tuned[1]), ("random weights, plain", tuned[2])));
        context.WriteText($"{name}-confusion.svg", tuned[0].ConfusionChart());
        context.WriteText($"{name}-reliability.svg", ClassificationCharts.Reliability(tuned[0].Reliability));
        context.WriteBytes($"{name}-digits.png", ClassPassages.Draw(parts.Test, new StackModel(model), model.Machines.Count));
        context.WriteBytes($"{name}-filters-2.png", File.ReadAllBytes(stack.LayerFiltersPath(2)));
        Write(context, new()
        {
            { "published-up-down", PublishedNumber("up-down").Cell },
            { "published-plain", PublishedNumber("plain").Cell },
            { "published-dropout", PublishedNumber("dropout").Cell },
            { "published-random", PublishedNumber("random").Cell },
            { "table", table },
            { "epochs", $"{MetricsTable.Open(stack.MetricsPath).Rows}" },
            { "minutes", $"{ExperimentContext.Minutes(stack):F1}" },
            { "stack-settings", stack },
            { "tuning-settings", tuned[0].Folder },
        }, ("samples", stack.SamplesPath), ("filters", stack.FiltersPath));

        void Add(string what, string reference, FineTuned run)
        {
            Reference published = PublishedNumber(reference);
            table.Add(what, published.Cell, $"{run.ErrorPercent:F2}", $"{run.ValidationErrorPercent:F2}", run.Words, $"{run.Seconds:F0}");
            context.Found($"test error, {Path.GetFileName(run.Folder.Path)} [share]", run.ErrorPercent / 100, published.Number / 100);
        }
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
