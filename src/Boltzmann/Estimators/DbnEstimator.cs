namespace Boltzmann.Estimators;

/// <summary>
/// What the estimators of stacks share: rows are scaled and taught to a stack of machines (Hinton, Osindero and Teh 2006), from which a
/// network may begin that is then taught by back-propagation. The units of the first machine's visible layer are binary where all scaled
/// values lie in 0..1, else Gaussian.
/// </summary>
public abstract class DbnEstimator : RowEstimator
{
    const double BinaryRate = 0.05, GaussianRate = 0.005, PretrainingMomentum = 0.9;
    const uint WeightStream = 0x77656967, HeadStream = 0x68656164, SplitStream = 0x73706c69;

    private protected DbnEstimator(DbnSettings? settings, Placement? placement) : base(placement)
    {
        Settings = settings ?? new();
        Settings.Validate();
    }

    /// <summary>How it learns.</summary>
    public DbnSettings Settings { get; private protected set; }

    /// <inheritdoc/>
    private protected override FeatureScaling ColumnScaling => Settings.Scaling;

    /// <inheritdoc/>
    private protected override bool MakesBits => Settings.Binarize;

    /// <summary>Activities of a network's last hidden layer for prepared rows.</summary>
    private protected static double[,] LastHidden(Network network, Dataset rows)
    {
        int layer = network.Layers.Count - 1;
        return InBlocks(rows, layer == 0 ? network.Inputs : network.Layers[layer - 1].Units, network.Placement,
            block => network.Transform(block, layer));
    }

    /// <summary>The training rows and the validation rows, neither scaled.</summary>
    private protected (Dataset Training, Dataset? Validation) Divided(Dataset data, bool stratify)
    {
        if (Settings.ValidationShare == 0) return (data, null);
        var (training, validation) = Split.Random(data, Settings.ValidationShare, new Rng(Settings.Seed, SplitStream), stratify);
        if (training.Count == 0 || validation.Count == 0) throw new BadInputException($"{data.Name} has {data.Count} rows: a validation "
            + $"share of {Settings.ValidationShare} leaves none for one of the two");
        return (training, validation);
    }

    /// <summary>A stack of machines that has learned scaled rows.</summary>
    private protected Dbn Pretrained(Dataset rows, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var stack = Dbn.Of([VisibleFor(rows), .. Settings.Hidden.Select(units => new BernoulliLayer(units, Placement))]);
        // The spread of Glorot and Bengio (2010), not the usual 0.01: after few epochs on few rows a network should begin no worse than
        // from random weights.
        var rng = new Rng(Settings.Seed, WeightStream);
        foreach (Rbm machine in stack.Machines)
            machine.SetRandomWeights(Math.Sqrt(2.0 / (machine.Visible.Units + machine.Hidden.Units)), rng);
        if (Settings.PretrainingEpochs == 0) return stack;
        LayerTraining[] layers = [.. stack.Machines
            .Select(machine => new LayerTraining(new ContrastiveDivergence(Settings.PretrainingSteps), new Sgd(), new TrainerOptions
        {
            BatchSize = Settings.BatchSize,
            LearningRate = Settings.PretrainingRate ?? (machine.Visible.Values == UnitValues.Reals ? GaussianRate : BinaryRate),
            Momentum = PretrainingMomentum,
        }, Settings.PretrainingEpochs))];
        foreach (GreedyProgress step in new GreedyTrainer(stack, layers, Settings.Seed).Run(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(FitPhase.Machines, step.Machine, step.Machines, step.Progress));
        }
        return stack;
    }

    /// <summary>
    /// A network over scaled rows, from a stack that learned them or from random weights, taught by back-propagation; with the record of
    /// every epoch.
    /// </summary>
    private protected (Network Network, IReadOnlyList<EpochRecord> History) Tuned(Examples training, Examples? validation, Head head,
        bool pretrain, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        // The trainer would say so too, but only after pre-training.
        if (Settings.Patience is not null && !NetworkMetric.Names(head, validation is not null).Contains(Settings.EarlyStoppingMetric))
            throw new BadInputException($"early stopping watches '{Settings.EarlyStoppingMetric}', which is not measured; known are "
                + $"{string.Join(", ", NetworkMetric.Names(head, validation is not null))}");
        var rng = new Rng(Settings.Seed, HeadStream);
        int outputs = training.Targets.Columns;
        Network network = pretrain ? Network.From(Pretrained(training.Inputs, progress, cancellation).Machines, outputs, head, rng,
            Settings.Activation)
            : Network.Create(training.Inputs.Columns, Settings.Hidden, outputs, head, rng, Settings.Activation, placement: Placement);
        var history = new List<EpochRecord>();
        var trainer = new NetworkTrainer(network, Settings.Optimizer == OptimizerKind.Adam ? new Adam() : new Sgd(), Settings.Tuning(),
            Settings.Seed);
        foreach (TrainingProgress step in trainer.Run(training, Settings.Epochs, validation))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(FitPhase.Network, 1, 1, step));
            if (step.Completed is EpochRecord epoch) history.Add(epoch);
        }
        return (network, history);
    }
}
