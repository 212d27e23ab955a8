using System.Runtime.InteropServices;

namespace Boltzmann.Estimators;

/// <summary>
/// What the estimators share: rows are checked, scaled, and taught to a stack of machines (Hinton, Osindero and Teh 2006), from which a
/// network may begin that is then taught by back-propagation. The units of the first machine's visible layer are binary where all scaled
/// values lie in 0..1, else Gaussian.
/// </summary>
public abstract class DbnEstimator
{
    const int BlockRows = 1024;
    const double BinaryRate = 0.05, GaussianRate = 0.005, PretrainingMomentum = 0.9;
    const uint WeightStream = 0x77656967, HeadStream = 0x68656164, SplitStream = 0x73706c69;

    private protected DbnEstimator(DbnSettings? settings, Placement? placement)
    {
        Settings = settings ?? new();
        Settings.Validate();
        Placement = placement ?? Placement.Default;
    }

    /// <summary>How it learns.</summary>
    public DbnSettings Settings { get; private protected set; }

    /// <summary>Where models live.</summary>
    public Placement Placement { get; }

    /// <summary>Whether it has learned.</summary>
    public bool IsFitted => Columns > 0;

    /// <summary>Values per row; 0 before it has learned.</summary>
    public int Columns { get; private protected set; }

    /// <summary>What the training rows looked like.</summary>
    private protected DataDescription Data { get; set; } = new();

    /// <summary>The rows, if they can be used.</summary>
    /// <exception cref="BadInputException">There are none, or a value is not finite.</exception>
    private protected static Dataset Checked(RowData x)
    {
        Dataset data = x.Dataset;
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        var row = new double[data.Columns];
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            int bad = Array.FindIndex(row, value => !double.IsFinite(value));
            if (bad >= 0)
                throw new BadInputException($"{data.Name}: row {r + 1}, column {bad + 1} is {row[bad]}: expected a finite number");
        }
        return data;
    }

    /// <summary>Rows as the model sees them.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Other columns, by name where both have names, no rows, or a value that is not
    /// finite.</exception>
    private protected Dataset Prepared(RowData x)
    {
        if (!IsFitted) throw new InvalidOperationException("the estimator has learned nothing yet: fit it first");
        RowData rows = Data.Match(x.Dataset);
        if (rows.Dataset.Columns != Columns)
            throw new BadInputException($"{x.Dataset.Name} has {x.Dataset.Columns} columns, but the estimator learned from {Columns}");
        Dataset data = Checked(rows);
        NumberRange.Check(data, Data.Scaling, Placement.Precision);
        return Applied(Data, data);
    }

    /// <summary>What is made of rows, a block at a time: on their way they need more memory than they and their features do.</summary>
    private protected static double[,] InBlocks(Dataset rows, int columns, Placement placement, Func<Matrix, Matrix> features)
    {
        var all = new double[rows.Count, columns];
        for (int first = 0; first < rows.Count; first += BlockRows)
        {
            Matrix block = features(rows.ToMatrix(first, Math.Min(BlockRows, rows.Count - first), placement));
            for (int r = 0; r < block.Rows; r++) block.ReadRow(r, MemoryMarshal.CreateSpan(ref all[first + r, 0], columns));
        }
        return all;
    }

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

    /// <summary>What has to be known of the training rows.</summary>
    private protected DataDescription Described(Dataset training)
    {
        Scaling? scaling = Settings.Scaling switch
        {
            FeatureScaling.MinMax => MinMaxScaler.Fit(training),
            FeatureScaling.Standardize => Standardizer.Fit(training),
            _ => null,
        };
        NumberRange.Check(training, scaling, Placement.Precision);
        return new(scaling, training.Image, training.ColumnNames, ByteStep: training.Rows.ByteStep);
    }

    /// <summary>Rows scaled and binarised.</summary>
    private protected Dataset Applied(DataDescription description, Dataset data)
    {
        Dataset scaled = description.Scaling is null ? data : description.Scaling.Transform(data);
        return Settings.Binarize ? scaled.With(new ThresholdRows(scaled.Rows)) : scaled;
    }

    /// <summary>A stack of machines that has learned scaled rows.</summary>
    private protected Dbn Pretrained(Dataset rows, CancellationToken cancellation)
    {
        bool isBinary = rows.Minimum().All(x => x >= 0) && rows.Maximum().All(x => x <= 1);
        Layer visible = isBinary ? new BernoulliLayer(rows.Columns, Placement) : new GaussianLayer(rows.Columns, placement: Placement);
        var stack = Dbn.Of([visible, .. Settings.Hidden.Select(units => new BernoulliLayer(units, Placement))]);
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
        foreach (GreedyProgress _ in new GreedyTrainer(stack, layers, Settings.Seed).Run(rows)) cancellation.ThrowIfCancellationRequested();
        return stack;
    }

    /// <summary>
    /// A network over scaled rows, from a stack that learned them or from random weights, taught by back-propagation; with the record of
    /// every epoch.
    /// </summary>
    private protected (Network Network, IReadOnlyList<EpochRecord> History) Tuned(Examples training, Examples? validation, Head head,
        bool pretrain, CancellationToken cancellation)
    {
        // The trainer would say so too, but only after pre-training.
        if (Settings.Patience is not null && !NetworkMetric.Names(head, validation is not null).Contains(Settings.EarlyStoppingMetric))
            throw new BadInputException($"early stopping watches '{Settings.EarlyStoppingMetric}', which is not measured; known are "
                + $"{string.Join(", ", NetworkMetric.Names(head, validation is not null))}");
        var rng = new Rng(Settings.Seed, HeadStream);
        int outputs = training.Targets.Columns;
        Network network = pretrain ? Network.From(Pretrained(training.Inputs, cancellation).Machines, outputs, head, rng,
            Settings.Activation)
            : Network.Create(training.Inputs.Columns, Settings.Hidden, outputs, head, rng, Settings.Activation, placement: Placement);
        var history = new List<EpochRecord>();
        var trainer = new NetworkTrainer(network, Settings.Optimizer == OptimizerKind.Adam ? new Adam() : new Sgd(), Settings.Tuning(),
            Settings.Seed);
        foreach (TrainingProgress step in trainer.Run(training, Settings.Epochs, validation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (step.Completed is EpochRecord epoch) history.Add(epoch);
        }
        return (network, history);
    }
}
