using System.Diagnostics;

namespace Boltzmann;

/// <summary>
/// The learning loop: batches in, gradient, penalties, update, metrics. It knows nothing of unit kinds, files or screens.
/// Random numbers come from four streams of the seed (order, presentation, chains, metrics) and one position in each, so a run that is saved
/// and resumed anywhere between two updates gives the same bits as one that was not.
/// </summary>
public sealed partial class Trainer
{
    const uint OrderStream = 0x6f726465, BatchStream = 0x62617463, ChainStream = 0x63686169, MetricStream = 0x6d657472, FollowStream = 0x666f6c6c;
    const int StepsBetweenChecks = 100;

    readonly TrainerOptions options;
    readonly Gradient gradient;
    readonly Centering? centering;
    readonly LogPartitionFollower? follower;
    readonly Sparsity[] sparsity;
    readonly MaxNorm? maxNorm;
    readonly LogDomain?[] logDomains;
    readonly Matrix one;
    readonly PhaseStates data;
    readonly Rng batchRng, chainRng;
    readonly ulong seed;
    int[] order = [];
    readonly BatchScratch work = new(), wholeRows = new(), batchWeights = new();
    readonly double[] weight = new double[1];
    Matrix? dropChance;

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="model">The machine to teach; its parameters are the start.</param>
    /// <param name="estimator">Where the negative phase comes from.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="options">Rates, penalties, metrics.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range, a name unknown, or a metric made for other models.</exception>
    public Trainer(EnergyModel model, IGradientEstimator estimator, IOptimizer optimizer, TrainerOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        this.options = options ?? new();
        this.options.Validate();
        foreach (Metric metric in this.options.Metrics)
        {
            string lack = metric.NeedsLabels && model.LabelLayer is null ? ", which has no labels" : "";
            if (lack.Length > 0 || !metric.ModelType.IsInstanceOfType(model))
                throw new BadInputException($"the metric '{metric.Name}' is not defined for this kind of model{lack}");
        }
        RequireChains(this.options, estimator);
        if (this.options.Metrics.Any(metric => metric.NeedsChains)) follower = new(model, (IPersistentChains)estimator);
        Model = model;
        Estimator = estimator;
        Optimizer = optimizer;
        this.seed = seed;
        gradient = new Gradient(model);
        centering = this.options.Centering ? new Centering(model) : null;
        sparsity = [.. model.HiddenLayers.Index().Where(h => this.options.SparsityCost.At(h.Index) > 0)
            .Select(h => new Sparsity(model, h.Item, this.options.SparsityTarget.At(h.Index), this.options.SparsityCost.At(h.Index), this.options.SparsityDamping))];
        maxNorm = double.IsFinite(this.options.MaxNorm) ? new MaxNorm(model, this.options.MaxNorm) : null;
        logDomains = [.. model.Parameters.Select(p => p.IsPositive && !p.IsFixed ? new LogDomain(p) : null)];
        one = Matrix.Row(1, 1, model.Placement);
        data = new PhaseStates(model);
        batchRng = new Rng(seed, BatchStream);
        chainRng = new Rng(seed, ChainStream);
    }

    /// <summary>The machine that learns.</summary>
    public EnergyModel Model { get; }

    /// <summary>Where the negative phase comes from.</summary>
    public IGradientEstimator Estimator { get; }

    /// <summary>How a gradient becomes a step.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>Epochs completed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Rows seen in the epoch after those: a run may resume inside an epoch, with another batch size too.</summary>
    public int RowInEpoch { get; private set; }

    /// <summary>Learns until so many epochs are completed, yielding after every update. Stop enumerating to stop; run again to go on.</summary>
    /// <param name="training">Rows to learn; weights per row are used if it has them, labels if the model has a label layer.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <param name="validation">Held-out rows for metrics.</param>
    /// <exception cref="BadInputException">The data do not fit the machine.</exception>
    /// <exception cref="DivergenceException">Parameters are no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Dataset training, int epochs, Dataset? validation = null)
    {
        Require(training);
        if (validation is not null) Require(validation);
        if (Model.LabelLayer is int labels) OneHot.RequireLearnable(training, validation, Model.Layers[labels].Units);
        options.RequireValidation(validation);
        if (training.RowWeights is not null && !(training.RowWeights.Sum() > 0)) throw new BadInputException($"all rows of {training.Name} have weight 0");
        RequireRowsLeft(training);
        if (epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {epochs}");
        return Learn(training, epochs, validation);
    }

    IEnumerable<TrainingProgress> Learn(Dataset training, int epochs, Dataset? validation)
    {
        int rows = training.Count, batchSize = Math.Min(options.BatchSize, rows), batches = (rows + batchSize - 1) / batchSize;
        double meanWeight = training.RowWeights?.Average() ?? 1;
        data.Of(batchSize);
        var monitor = new Monitor(Model, options, training, validation, new Rng(seed, MetricStream), Estimator.Inference, follower);
        follower?.Begin(monitor.Training, new Rng(seed, FollowStream));
        var clock = new Stopwatch();
        while (Epoch < epochs && Stopped is null)
        {
            int epoch = Epoch + 1, from = RowInEpoch, batch = from / batchSize;
            clock.Restart();
            Arrange(rows, epoch);
            if (options.Steps is Schedule steps) Estimator.Steps = (int)steps.At(epoch);
            for (RowInEpoch = from; RowInEpoch < rows;)
            {
                int count = Math.Min(batchSize, rows - RowInEpoch);
                Batch examples = Present(training, order.AsSpan(RowInEpoch, count));
                // Rows without weight teach nothing, not even by penalties.
                if (examples.TotalWeight > 0) Step(examples, examples.TotalWeight / (count * meanWeight), epoch);
                RowInEpoch += count;
                if (++batch % StepsBetweenChecks == 0) CheckFinite(epoch, biasesOnly: true);
                if (RowInEpoch == rows) continue;
                // The time that the reader takes is not training's.
                clock.Stop();
                yield return new(epoch, epochs, batch, batches, (RowInEpoch - from) / clock.Elapsed.TotalSeconds, null);
                clock.Start();
            }
            double seconds = clock.Elapsed.TotalSeconds, rate = (rows - from) / seconds;
            CheckFinite(epoch, biasesOnly: false);
            Epoch = epoch;
            RowInEpoch = 0;
            Dictionary<string, MetricValue> measured = monitor.Measure(epoch, epoch == epochs, seconds, rate);
            var values = measured.ToDictionary(m => m.Key, m => m.Value.Value);
            JudgeStop(values);
            yield return new(epoch, epochs, batches, batches, rate, new EpochRecord(epoch, values, seconds, rate, Stopped)
            {
                Estimates = measured.Where(m => m.Value.Verdict is not null).ToDictionary(),
            });
        }
    }

    Batch Present(Dataset training, ReadOnlySpan<int> indices)
    {
        State state = data.Of(indices.Length);
        bool isOne = Model.RowLayers.Count == 1;
        Matrix visible = isOne ? state[Model.RowLayers[0]] : wholeRows.Of(indices.Length, Model.RowColumns, Model.Placement), scratch = work.Like(visible);
        training.Rows.Gather(indices, visible);
        if (Model.LabelLayer is int labels) OneHot.Set(state[labels], training.Labels!, indices);
        options.Binarization.Apply(visible, batchRng, scratch);
        if (options.Dropout > 0)
        {
            scratch.SampleUniform(batchRng);
            scratch.SetGreater(scratch, dropChance ??= Matrix.Row(1, options.Dropout, Model.Placement));
            visible.SetScaled(visible, scratch);
            visible.SetSum(visible, 1 / (1 - options.Dropout));
        }
        if (!isOne) Model.SetRows(state, visible);
        if (training.RowWeights is not double[] rowWeights) return new Batch(state);
        Matrix weights = batchWeights.Of(indices.Length, 1, Model.Placement);
        double total = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            total += weight[0] = rowWeights[indices[i]];
            weights.WriteRow(i, weight);
        }
        return new Batch(state, weights, total);
    }

    /// <param name="batch">Estimators give the gradient per unit of its weight.</param>
    /// <param name="share">Its weight in units of what so many rows weigh on average: with it, batches of an epoch add up to the gradient of the weighted data.</param>
    /// <param name="epoch">Counted from 1.</param>
    void Step(in Batch batch, double share, int epoch)
    {
        gradient.Clear();
        Estimator.Estimate(Model, batch, gradient, chainRng);
        if (follower is not null) Follow(follower, epoch);
        gradient.Scale(share);
        centering?.Apply(gradient);
        foreach (Sparsity penalty in sparsity) penalty.Apply(gradient);
        Optimizer.Time++;
        var forWeights = new StepRates(options.LearningRate.At(epoch), options.Momentum.At(epoch), options.L2, options.L1);
        StepRates forBiases = forWeights with { L2 = 0, L1 = 0 };
        for (int i = 0; i < Model.Parameters.Count; i++)
        {
            Parameter parameter = Model.Parameters[i];
            if (parameter.IsFixed) continue;
            if (parameter.IsWeight) Optimizer.Apply(i, parameter.Value, gradient.Factors(i), forWeights);
            else if (logDomains[i] is LogDomain log) log.Apply(Optimizer, i, gradient.Dense(i), one, forBiases);
            else Optimizer.Apply(i, parameter.Value, [new Factor(one, gradient.Dense(i), 1)], forBiases);
        }
        Model.Symmetrize();
        maxNorm?.Apply();
    }

    // The order of an epoch depends on seed and epoch alone, so a resumed run finds its place again.
    void Arrange(int rows, int epoch)
    {
        if (order.Length != rows) order = new int[rows];
        for (int i = 0; i < rows; i++) order[i] = i;
        if (options.Shuffle) new Rng(seed, OrderStream, (ulong)epoch).Shuffle(order.AsSpan());
    }

    // Steps between checks are many; a bridge from parameters that are not finite would blame log Z.
    void Follow(LogPartitionFollower follower, int epoch)
    {
        if (follower.IsDue) CheckFinite(epoch, biasesOnly: false);
        try
        {
            follower.BeforeUpdate();
        }
        catch (BadInputException e)
        {
            throw Diverged($"log Z cannot be followed any further ({e.Message})", epoch);
        }
    }

    void CheckFinite(int epoch, bool biasesOnly)
    {
        for (int i = 0; i < Model.Parameters.Count; i++)
        {
            Parameter parameter = Model.Parameters[i];
            if (biasesOnly && parameter.IsWeight) continue;
            Summary values = parameter.Value.Summarize();
            if (values.NonFinite > 0)
                throw Diverged($"{values.NonFinite} of {(long)parameter.Value.Rows * parameter.Value.Columns} values of {parameter.Name} are not finite", epoch);
            if (parameter.IsPositive && !(values.Minimum > 0)) throw Diverged($"the least value of {parameter.Name} has sunk to {values.Minimum:R}", epoch);
        }
    }

    DivergenceException Diverged(string what, int epoch) => new(
        $"training diverged in epoch {epoch}: {what}; lower the learning rate (now {options.LearningRate.At(epoch):R}) or the momentum (now {options.Momentum.At(epoch):R})");

    /// <exception cref="BadInputException">A metric follows persistent chains, and there are none.</exception>
    internal static void RequireChains(TrainerOptions options, IGradientEstimator estimator)
    {
        if (estimator is not IPersistentChains { AreOfModel: true } && options.Metrics.FirstOrDefault(metric => metric.NeedsChains) is Metric followed)
            throw new BadInputException($"the metric '{followed.Name}' follows persistent chains of the machine, as pcd and pt have them; {estimator.Name} has none");
    }

    /// <exception cref="BadInputException">A resumed run has seen more rows of its epoch than there are.</exception>
    internal void RequireRowsLeft(Dataset training)
    {
        if (RowInEpoch > 0 && RowInEpoch >= training.Count)
            throw new BadInputException($"this run stopped after row {RowInEpoch} of epoch {Epoch + 1}, but {training.Name} has only {training.Count} rows");
    }

    void Require(Dataset set)
    {
        if (set.Count == 0) throw new BadInputException($"{set.Name} has no rows");
        if (set.Columns != Model.RowColumns)
            throw new BadInputException($"{set.Name} has {set.Columns} columns, but the model has {Model.RowColumns} visible units");
    }
}
