using System.Runtime.InteropServices;

namespace Boltzmann.Networks;

/// <summary>
/// Teaches a network by back-propagation (Rumelhart, Hinton and Williams 1986). As with <see cref="Trainer"/>, training is an enumeration
/// of progress, its random numbers follow from the seed and a position, and a run that is saved and resumed between two updates gives the
/// same bits as one that was not.
/// </summary>
public sealed partial class NetworkTrainer
{
    const uint DropoutStream = 0x64726f70;

    readonly NetworkTrainerOptions options;
    readonly NetworkPass pass;
    readonly NetworkScore.Tally tally;
    readonly Matrix one;
    readonly IPenalty[] penalties;
    readonly IConstraint[] constraints;
    readonly FactoredStep step;
    readonly Matrix?[] uphill;
    readonly List<ParameterStep> steps = [];
    readonly List<Factor> factors = [];
    readonly Rng dropoutRng;
    readonly EpochLoop loop;

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
        EarlyStopping? stopping = this.options.EarlyStopping;
        bool higherIsBetter = stopping is not null && NetworkMetric.HigherIsBetter(stopping.Metric);
        string? tieBreaker = stopping is null ? null : NetworkMetric.TieBreaker(stopping.Metric);
        loop = new EpochLoop(seed, this.options.BatchSize, this.options.Shuffle, stopping, higherIsBetter, tieBreaker);
        if (this.options.Plateau is Plateau plateau) lastDrop = new(NetworkMetric.HigherIsBetter(plateau.Metric), 0);
        pass = new NetworkPass(network);
        tally = new NetworkScore.Tally(network.Outputs, network.Placement);
        one = Matrix.Row(1, 1, network.Placement);
        dropoutRng = new Rng(seed, DropoutStream);
        Parameter[] learned = [.. network.Parameters.Where(p => !p.IsFixed)];
        step = new FactoredStep(learned, dropoutRng);
        uphill = new Matrix?[learned.Length];
        penalties = [.. this.options.PenaltiesOf(network)];
        constraints = [.. this.options.ConstraintsOf(network)];
    }

    /// <summary>The network that learns.</summary>
    public Network Network { get; }

    /// <summary>How a gradient becomes a step.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>What is added to the gradient of a step, in order.</summary>
    public IReadOnlyList<IPenalty> Penalties => penalties;

    /// <summary>What holds after every update, in order.</summary>
    public IReadOnlyList<IConstraint> Constraints => constraints;

    /// <summary>Epochs completed.</summary>
    public int Epoch => loop.Epoch;

    /// <summary>Rows seen in the epoch after those.</summary>
    public int RowInEpoch => loop.RowInEpoch;

    /// <summary>Learns until so many epochs are completed or early stopping ends it, yielding after every update.</summary>
    /// <param name="training">Rows and targets.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <param name="validation">Held-out examples, for metrics, early stopping and the rate's decay.</param>
    /// <exception cref="BadInputException">The examples do not fit the network, or a metric that is watched needs held-out
    /// examples.</exception>
    /// <exception cref="DivergenceException">The loss is no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Examples training, int epochs, Examples? validation = null)
    {
        Network.Require(training);
        if (validation is not null) Network.Require(validation);
        RequireMetric(options.EarlyStopping?.Metric, "early stopping", validation is not null);
        RequireMetric(options.Plateau?.Metric, "the learning rate's decay", validation is not null);
        loop.RequireRowsLeft(training.Inputs);
        if (Math.Min(options.BatchSize, training.Count) == 1 && Network.Layers.Any(layer => layer.Normalization is not null))
            throw new BadInputException("batch normalisation needs batches of two rows or more: of a single one nothing is left");
        foreach (string? watched in (string?[])[options.EarlyStopping?.Metric, options.Plateau?.Metric])
            if (watched == NetworkMetric.Validation + NetworkMetric.RSquared && NetworkScore.IsConstant(validation!.Targets))
                throw new BadInputException($"{validation.Inputs.Name}: all targets are the same, so there is no '{watched}' to watch");
        loop.Require(training.Inputs, epochs);
        return Learn(training, epochs, validation);
    }

    IEnumerable<TrainingProgress> Learn(Examples training, int epochs, Examples? validation)
    {
        pass.Rows(Math.Min(options.BatchSize, training.Count));
        if (loop.GoesOn(epochs)) LeaveBest();
        // Checkpoints of 0.1.0 do not tell the loss of the best network.
        if (bestNetwork is not null && validation is not null && loop.NeedsTie(NetworkMetric.Validation + NetworkMetric.Loss))
            loop.SetTie(NetworkScore.Of(bestNetwork, validation).Loss);
        foreach (TrainingProgress progress in loop.Run(new Work(this, training, validation), training.Count, epochs)) yield return progress;
    }

    void Step(Examples training, ReadOnlySpan<int> indices, int epoch)
    {
        training.Inputs.Rows.Gather(indices, pass.Rows(indices.Length));
        Matrix targets = pass.Targets(indices.Length);
        training.Targets.Gather(indices, targets);
        pass.Forward(options.InputDropout, options.Dropout, dropoutRng);
        PendingSummary losses = pass.BeginLoss();
        pass.Backward();
        double loss = losses.Value is { NonFinite: 0 } sum ? sum.Sum : double.NaN;
        if (!double.IsFinite(loss)) throw new DivergenceException($"training diverged in epoch {epoch}: the loss is no longer finite; "
            + $"lower the learning rate (now {Rate(epoch):R}) or the momentum (now {options.Momentum.At(epoch):R})");
        tally.Add(pass.Outputs, targets, loss);
        Update(indices.Length, epoch);
    }

    void Update(int rows, int epoch)
    {
        step.Apply(epoch, Rate(epoch), penalties);
        Optimizer.Time++;
        steps.Clear();
        factors.Clear();
        int index = 0;
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            NetworkLayer layer = Network.Layers[l];
            double rate = step.LearningRate * NetworkTrainerOptions.OfLayer(options.LayerRates, l);
            var rates = new StepRates(rate, options.Momentum.At(epoch), 0, 0);
            // Optimisers go uphill, losses have to fall.
            Add(index++, layer.Weights, pass.WeightGradient(l, -1), rates);
            AddUnits(index++, layer.Bias, pass.BiasGradient(l), rows, rates);
            if (layer.Normalization is BatchNormalization norm) AddUnits(index++, norm.Scale, pass.ScaleGradient(l), rows, rates);
        }
        Optimizer.Apply(CollectionsMarshal.AsSpan(steps), CollectionsMarshal.AsSpan(factors));
        foreach (IConstraint constraint in constraints) constraint.Apply();
    }

    void Add(int index, Matrix value, in Factor factor, in StepRates rates)
    {
        var (l2, l1) = step.Decay(index);
        ReadOnlySpan<Factor> added = step.Added(index);
        steps.Add(new(index, value, 1 + added.Length, rates with { L2 = l2, L1 = l1 }));
        factors.Add(factor);
        factors.AddRange(added);
    }

    // A bias or a scale, of whose loss this is the gradient, summed over the rows.
    void AddUnits(int index, Matrix value, Matrix sum, int rows, in StepRates rates)
    {
        if (!Move(index, sum, rows, rates)) Add(index, value, new Factor(one, sum, -1.0 / rows), rates);
    }

    // The usual constraint leaves all moves to the optimiser, those of a user are shown the gradient that it would take.
    bool Move(int index, Matrix sum, int rows, in StepRates rates)
    {
        if (options.Constraints is null) return false;
        Matrix gradient = uphill[index] ??= sum.Like(1, sum.Columns);
        gradient.SetSum(sum, -1.0 / rows);
        if (step.Added(index) is { Length: > 0 } added) gradient.SetOuterProducts(added, keep: 1);
        return constraints.Move(index, gradient, Optimizer, rates);
    }

    double Rate(int epoch) => options.Plateau is Plateau plateau
        ? Math.Max(options.LearningRate.At(epoch) * decay, Math.Min(plateau.Minimum, options.LearningRate.At(epoch)))
        : options.LearningRate.At(epoch);

    void RequireMetric(string? name, string what, bool hasValidation)
    {
        if (name is null || NetworkMetric.Names(Network.Head, hasValidation).Contains(name)) return;
        if (!NetworkMetric.Names(Network.Head, true).Contains(name))
            throw new BadInputException($"{what} watches '{name}', which is not measured; known are "
                + $"{string.Join(", ", NetworkMetric.Names(Network.Head, hasValidation))}");
        throw new BadInputException($"{what} watches '{name}', which needs validation rows");
    }
}
