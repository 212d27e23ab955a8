namespace Boltzmann.Experiments;

/// <summary>
/// A 1024-hidden machine on MNIST as a source of features and as the start of a network (monsta-hd/boltzmann-machines, rbm_mnist). The
/// plain form learns by persistent chains with a sparsity target; as published it is CD-1 on grey values with next to no momentum.
/// </summary>
sealed class RbmMnistExperiment : Experiment
{
    /// <summary>The pre-training that is shared with the experiment of few labels.</summary>
    public const string MachineRun = "rbm-mnist-machine";

    /// <summary>What the runs of fine-tuning are called behind the experiment's name.</summary>
    public const string TunedSuffix = "-tuned", RandomSuffix = "-random";

    public override string Name => "rbm-mnist";

    public override string Description =>
        "784-1024 on MNIST: features for k-NN, logistic regression and an RBF SVM, and fine-tuning by back-propagation";

    public override string Published => "2.88 / 1.83 / 1.80 % test error on features, 1.27 % fine-tuned (monsta)";

    public override string Takes => "20 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        MnistParts parts = MnistParts.Open(context);
        RunFolder machine = Pretrain(context);
        Rbm model = ModelFile.LoadRbm(machine.ModelPath, context.Placement);
        string name = context.Labelled(Name);

        var kept = new Measurements(Path.Combine(context.Runs, $"{name}-features"), Settings(machine));
        Dataset Features(Dataset rows) => new Dbn([model]).Transform(rows, 1);
        FeatureClassifiers.Result[] results = [.. new FeatureClassifiers(context, kept, Features(parts.Training),
            Features(parts.Validation), Features(parts.Test), context.Quick ? 500 : 10_000).Run()];
        FineTuned tuned = FineTuned.Complete(context, name + TunedSuffix, machine.ModelPath, parts.Test,
            TuningPlan(context, isRandom: false));
        FineTuned random = FineTuned.Complete(context, name + RandomSuffix, machine.ModelPath, parts.Test,
            TuningPlan(context, isRandom: true));

        var table = new TextTable("", "published test error [%]", "ours, test error [%]", "validation error [%]",
            "settings, picked by validation error", "time [s]");
        string[] published = ["2.88", "1.83", "1.80"];
        for (int i = 0; i < results.Length; i++)
            table.Add($"RBM features + {results[i].Kind}", published[i], $"{100 * results[i].TestError:F2}",
                $"{100 * results[i].ValidationError:F2}", results[i].Picked, $"{results[i].Seconds:F0}");
        table.Add("RBM + fine-tuning", "1.27", $"{tuned.ErrorPercent:F2}", $"{tuned.ValidationErrorPercent:F2}", tuned.Words,
            $"{tuned.Seconds:F0}");
        table.Add("the same network from random weights", "1.80", $"{random.ErrorPercent:F2}", $"{random.ValidationErrorPercent:F2}",
            random.Words, $"{random.Seconds:F0}");
        context.Prose.Write(table.ToText());

        MetricsTable metrics = MetricsTable.Open(machine.MetricsPath);
        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. 55 000 rows to learn from, 5 000 to choose by, 10 000 for the test. Everything is chosen by "
            + $"validation error; classifiers on features learn all 60 000 rows once their settings are picked. {Form(context)}")
            .Table(table)
            .Paragraph($"Pre-training: {metrics.Rows} epochs, {(metrics.Column("time [s]").Sum() ?? double.NaN) / 60:F1} minutes, without "
            + $"labels. Machine: {Machine.Describe(context.Placement)}. Seed {context.Seed}. Times are those of the runs, which shared the "
            + "machine with other work.")
            .Heading("Learning with and without pre-training").Image("Validation accuracy by epoch", $"{name}-curves.svg")
            .Heading("What was taken for what").Image("Confusion matrix on the test rows",
                $"{name}-confusion.svg").Image("Reliability of probabilities", $"{name}-reliability.svg")
            .Heading("Reconstructions").Paragraph("A digit of each class: data, hidden units, reconstruction.").Image("Reconstructions per "
            + "digit", $"{name}-digits.png")
            .Heading("Filters").Image("Filters", $"{name}-filters.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings of the machine").Code(machine.Settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json")
            .Heading("Settings of the fine-tuning").Code(tuned.Folder.Settings.ToJson().ToJsonString(new() { WriteIndented = true }),
                "json");
        context.WriteText($"{name}-curves.svg", FineTuned.Curves("validation-accuracy", ("pre-trained", tuned),
            ("random weights", random)));
        context.WriteText($"{name}-confusion.svg", tuned.ConfusionChart());
        context.WriteText($"{name}-reliability.svg", ClassificationCharts.Reliability(tuned.Reliability));
        context.WriteBytes($"{name}-digits.png", ClassPassages.Draw(parts.Test, new StackModel(new Dbn([model])), 1));
        context.Write(name, page, ("filters", machine.FiltersPath));
        for (int i = 0; i < results.Length; i++)
            context.Found($"test error, RBM features + {results[i].Kind} [share]", results[i].TestError, double.Parse(published[i]) / 100);
        context.Found("test error, fine-tuned [share]", tuned.ErrorPercent / 100, 0.0127);
        context.Found("test error, random start [share]", random.ErrorPercent / 100, 0.018);
    }

    /// <summary>The machine, from its run folder, where it is trained first if it has not been.</summary>
    public static RunFolder Pretrain(ExperimentContext context) => context.Complete(context.Labelled(MachineRun), PretrainingPlan(context));

    static TrainPlan PretrainingPlan(ExperimentContext context)
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with
        {
            Data = MnistParts.Name,
            ValidationRows = MnistParts.HeldOutRows,
            TrainRows = context.Quick ? MnistParts.QuickRows : null,
            Hidden = [1024],
            Epochs = context.Quick ? 1 : context.AsPublished ? 120 : 40,
            Metrics = ["reconstruction-error", "pseudo-likelihood", "free-energy-gap", "weight-norm", "hidden-activity"],
        };
        if (!context.AsPublished) return plan with { Method = TrainingMethod.Pcd, SparsityTarget = [0.05], SparsityCost = [0.1] };
        // Δ ← lr·(m·Δ + g) is a momentum of lr·m; the sparsity of the source counts sums over batches of 10.
        const double Rate = 0.05;
        return plan with
        {
            Method = TrainingMethod.Cd,
            Binarize = BinarizationWay.None,
            BatchSize = 10,
            LearningRate = [Rate],
            LearningRateEnd = Rate,
            Centering = false,
            Shuffle = false,
            L2 = 1e-5,
            Momentum = [.. Schedule.Geometric(0.5, 0.9, 8).Values.Select(m => Rate * m)],
        };
    }

    /// <summary>The fine-tuning with all labels.</summary>
    /// <param name="context">How the experiment was asked for.</param>
    /// <param name="isRandom">From random weights.</param>
    public static FineTunePlan TuningPlan(ExperimentContext context, bool isRandom)
    {
        FineTunePlan plan = context.AsPublished
            ? new()
            {
                LearningRate = [0.001],
                LayerRates = [isRandom ? 1 : 0.1, 1],
                L2 = [2e-5, 0],
                Shuffle = false,
                Patience = 12,
                Keep = KeptEpoch.Last,
                Plateau = "validation-accuracy",
                Epochs = 100,
            }
            : isRandom ? FineTuned.Adam with { Epochs = 150 } : FineTuned.LargeSteps with { Epochs = 100 };
        plan = plan with { Data = MnistParts.Name, ValidationRows = MnistParts.HeldOutRows, RandomStart = isRandom };
        return context.Quick ? plan with { TrainRows = MnistParts.QuickRows, Epochs = 2 } : plan;
    }

    static string Form(ExperimentContext context) => context.AsPublished
        ? "This is the run as published: CD-1 on grey values in their order, a momentum that amounts to none, 120 epochs; fine-tuning with "
        + "a fifth of the rate on a plateau, patience 12, the last epoch kept. Not repeated: the running sum of its sparsity term, whose "
        + "cost of 1e-5 does nothing visible, and its settings of the classifiers on features, which are picked as in the plain form."
        : "This is the plain form: persistent chains, bits drawn at each presentation, centred gradient, a sparsity target of 5 %; dropout "
        + "in fine-tuning.";

    static string Settings(RunFolder machine) => machine.Settings.ToJson().ToJsonString();
}
