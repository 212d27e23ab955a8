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

    public override void Run(ExperimentContext context)
    {
        MnistParts parts = MnistParts.Open(context);
        RunFolder machine = Pretrain(context);
        Rbm model = ModelFile.LoadRbm(machine.ModelPath, context.Placement);
        string name = context.Labelled(Name);

        Measurements kept = context.MeasurementsOf($"{name}-features", machine);
        Dataset Features(Dataset rows) => new Dbn([model]).Transform(rows, 1);
        FeatureClassifiers.Result[] results = [.. new FeatureClassifiers(context, kept, Features(parts.Training),
            Features(parts.Validation), Features(parts.Test), context.Quick ? 500 : 10_000).Run()];
        FineTuned tuned = FineTuned.Complete(context, name + TunedSuffix, machine.ModelPath, parts.Test,
            TuningPlan(context, isRandom: false));
        FineTuned random = FineTuned.Complete(context, name + RandomSuffix, machine.ModelPath, parts.Test,
            TuningPlan(context, isRandom: true));

        var table = new TextTable("", "published test error [%]", "ours, test error [%]", "validation error [%]",
            "settings, picked by validation error", "time [s]");
        foreach (FeatureClassifiers.Result result in results)
        {
            Reference published = PublishedNumber(result.Kind);
            table.Add($"RBM features + {result.Kind}", published.Cell, $"{100 * result.TestError:F2}",
                $"{100 * result.ValidationError:F2}", result.Picked, $"{result.Seconds:F0}");
            context.Found($"test error, RBM features + {result.Kind} [share]", result.TestError, published.Number / 100);
        }
        Add("RBM + fine-tuning", "fine-tuned", tuned);
        Add("the same network from random weights", "random start", random);
        context.Prose.Write(table.ToText());

        context.WriteText($"{name}-curves.svg",
            FineTuned.Curves("validation-accuracy", ("pre-trained", tuned), ("random weights", random)));
        context.WriteText($"{name}-confusion.svg", tuned.ConfusionChart());
        context.WriteText($"{name}-reliability.svg", ClassificationCharts.Reliability(tuned.Reliability));
        context.WriteBytes($"{name}-digits.png", ClassPassages.Draw(parts.Test, new StackModel(new Dbn([model])), 1));
        Write(context, new()
        {
            { "table", table },
            { "epochs", $"{MetricsTable.Open(machine.MetricsPath).Rows}" },
            { "minutes", $"{ExperimentContext.Minutes(machine):F1}" },
            { "settings", machine },
            { "tuning-settings", tuned.Folder },
        }, ("filters", machine.FiltersPath));

        void Add(string what, string reference, FineTuned run)
        {
            Reference published = PublishedNumber(reference);
            table.Add(what, published.Cell, $"{run.ErrorPercent:F2}", $"{run.ValidationErrorPercent:F2}", run.Words, $"{run.Seconds:F0}");
            context.Found($"test error, {reference} [share]", run.ErrorPercent / 100, published.Number / 100);
        }
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
}
