using System.Diagnostics;

namespace Boltzmann;

/// <summary>
/// Teaches a network by back-propagation (Rumelhart, Hinton and Williams 1986). As with <see cref="Trainer"/>, training is an enumeration of progress, its random numbers
/// follow from the seed and a position, and a run that is saved and resumed between two updates gives the same bits as one that was not.
/// </summary>
public sealed partial class NetworkTrainer
{
    const uint OrderStream = 0x6f726465, DropoutStream = 0x64726f70;

    readonly NetworkTrainerOptions options;
    readonly NetworkPass pass;
    readonly NetworkScore.Tally tally;
    readonly Matrix one;
    readonly Rng dropoutRng;
    readonly ulong seed;
    int[] order = [];

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="network">The network to teach; its parameters are the start.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="options">Rates, penalties, when to stop.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public NetworkTrainer(Network network, IOptimizer optimizer, NetworkTrainerOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        this.options = options ?? new();
        this.options.Validate();
        Network = network;
        Optimizer = optimizer;
        this.seed = seed;
        pass = new NetworkPass(network);
        tally = new NetworkScore.Tally(network.Outputs);
        one = Matrix.Row(1, 1, network.Placement);
        dropoutRng = new Rng(seed, DropoutStream);
    }

    /// <summary>The network that learns.</summary>
    public Network Network { get; }

    /// <summary>How a gradient becomes a step.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows seen in the epoch after those.</summary>
    public int RowInEpoch { get; private set; }

    /// <summary>Learns until so many epochs are completed or early stopping ends it, yielding after every update.</summary>
    /// <param name="training">Rows and targets.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <param name="validation">Held-out examples, for metrics, early stopping and the rate's decay.</param>
    /// <exception cref="BadInputException">The examples do not fit the network, or a metric that is watched needs held-out examples.</exception>
    /// <exception cref="DivergenceException">The loss is no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Examples training, int epochs, Examples? validation = null)
    {
        Network.Require(training);
        if (validation is not null) Network.Require(validation);
        RequireMetric(options.EarlyStopping?.Metric, "early stopping", validation is not null);
        RequireMetric(options.Plateau?.Metric, "the learning rate's decay", validation is not null);
        if (RowInEpoch > 0 && RowInEpoch >= training.Count)
            throw new BadInputException($"this run stopped after row {RowInEpoch} of epoch {Epoch + 1}, but {training.Inputs.Name} has only {training.Count} rows");
        if (Math.Min(options.BatchSize, training.Count) == 1 && Network.Layers.Any(layer => layer.Normalization is not null))
            throw new BadInputException("batch normalisation needs batches of two rows or more: of a single one nothing is left");
        foreach (string? watched in (string?[])[options.EarlyStopping?.Metric, options.Plateau?.Metric])
            if (watched == NetworkMetric.Validation + NetworkMetric.RSquared && NetworkScore.IsConstant(validation!.Targets))
                throw new BadInputException($"{validation.Inputs.Name}: all targets are the same, so there is no '{watched}' to watch");
        if (epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {epochs}");
        return Learn(training, epochs, validation);
    }

    IEnumerable<TrainingProgress> Learn(Examples training, int epochs, Examples? validation)
    {
        int rows = training.Count, batchSize = Math.Min(options.BatchSize, rows), batches = (rows + batchSize - 1) / batchSize;
        pass.Rows(batchSize);
        var clock = new Stopwatch();
        if (Epoch < epochs && Stopped is null) LeaveBest();
        if (validation is not null) FindBestTie(validation);
        while (Epoch < epochs && Stopped is null)
        {
            int epoch = Epoch + 1, from = RowInEpoch, batch = from / batchSize;
            clock.Restart();
            Arrange(rows, epoch);
            if (from == 0) tally.Clear();
            for (RowInEpoch = from; RowInEpoch < rows;)
            {
                int count = Math.Min(batchSize, rows - RowInEpoch);
                Step(training, order.AsSpan(RowInEpoch, count), epoch);
                RowInEpoch += count;
                batch++;
                if (RowInEpoch == rows) continue;
                clock.Stop();
                yield return new(epoch, epochs, batch, batches, (RowInEpoch - from) / clock.Elapsed.TotalSeconds, null);
                clock.Start();
            }
            double seconds = clock.Elapsed.TotalSeconds, rate = (rows - from) / seconds;
            Epoch = epoch;
            RowInEpoch = 0;
            var values = new Dictionary<string, double>();
            foreach (var (name, value) in NetworkMetric.OfTraining(tally.Score(Network.Head), Network.Head)) values[name] = value;
            if (validation is not null)
                foreach (var (name, value) in NetworkMetric.OfValidation(NetworkScore.Of(Network, validation),
                    Network.Head)) values[name] = value;
            Judge(values, epoch == epochs);
            yield return new(epoch, epochs, batches, batches, rate, new EpochRecord(epoch, values, seconds, rate, Stopped));
        }
    }

    void Step(Examples training, ReadOnlySpan<int> indices, int epoch)
    {
        training.Inputs.Rows.Gather(indices, pass.Rows(indices.Length));
        Matrix targets = pass.Targets(indices.Length);
        training.Targets.Gather(indices, targets);
        pass.Forward(options.InputDropout, options.Dropout, dropoutRng);
        double loss = pass.Loss();
        if (!double.IsFinite(loss)) throw new DivergenceException($"training diverged in epoch {epoch}: the loss is no longer finite; lower the learning rate (now {Rate(epoch):R}) or the momentum (now {options.Momentum.At(epoch):R})");
        tally.Add(pass.Outputs, targets, loss);
        pass.Backward();

        Optimizer.Time++;
        for (int l = 0, index = 0; l < Network.Layers.Count; l++)
        {
            NetworkLayer layer = Network.Layers[l];
            var rates = new StepRates(Rate(epoch) * NetworkTrainerOptions.OfLayer(options.LayerRates, l), options.Momentum.At(epoch), NetworkTrainerOptions.OfLayer(options.L2, l), 0);
            StepRates plain = rates with { L2 = 0 };
            // Optimisers go uphill, losses have to fall.
            Optimizer.Apply(index++, layer.Weights, [pass.WeightGradient(l, -1)], rates);
            Optimizer.Apply(index++, layer.Bias, [new Factor(one, pass.BiasGradient(l), -1.0 / indices.Length)], plain);
            if (layer.Normalization is BatchNormalization norm) Optimizer.Apply(index++, norm.Scale, [new Factor(one, pass.ScaleGradient(l), -1.0 / indices.Length)], plain);
            if (double.IsFinite(options.MaxNorm) && l < Network.Layers.Count - 1) layer.Weights.LimitColumnNorms(options.MaxNorm);
        }
    }

    double Rate(int epoch) => options.Plateau is Plateau plateau ? Math.Max(options.LearningRate.At(epoch) * decay, Math.Min(plateau.Minimum, options.LearningRate.At(epoch))) : options.LearningRate.At(epoch);

    // The order of an epoch depends on seed and epoch alone, so a resumed run finds its place again.
    void Arrange(int rows, int epoch)
    {
        if (order.Length != rows) order = new int[rows];
        for (int i = 0; i < rows; i++) order[i] = i;
        if (options.Shuffle) new Rng(seed, OrderStream, (ulong)epoch).Shuffle<int>(order);
    }

    void RequireMetric(string? name, string what, bool hasValidation)
    {
        if (name is null || NetworkMetric.Names(Network.Head, hasValidation).Contains(name)) return;
        if (!NetworkMetric.Names(Network.Head, true).Contains(name))
            throw new BadInputException($"{what} watches '{name}', which is not measured; known are {string.Join(", ", NetworkMetric.Names(Network.Head, hasValidation))}");
        throw new BadInputException($"{what} watches '{name}', which needs validation rows");
    }
}
