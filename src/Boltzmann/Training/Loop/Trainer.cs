using System.Globalization;
using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// The learning loop: batches in, gradient, transforms, update, constraints, metrics. It knows nothing of unit kinds, files or screens.
/// Random numbers come from four streams of the seed (order, presentation, chains, metrics) and one position in each, so a run that is
/// saved and resumed anywhere between two updates gives the same bits as one that was not.
/// </summary>
public sealed partial class Trainer
{
    const uint BatchStream = 0x62617463, ChainStream = 0x63686169, FollowStream = 0x666f6c6c;

    /// <summary>Of the rows that metrics are measured on, and of their randomness.</summary>
    internal const uint MetricStream = 0x6d657472;
    const int StepsBetweenChecks = 100, RowsLookedAt = 1000;

    // Single precision has 24 bits: where one weight or bias adds so many nats, the energy of a state is known to a nat no more.
    const double MostNats = 1 << 24;

    readonly TrainerOptions options;
    readonly Gradient gradient;
    readonly LogPartitionFollower? follower;
    readonly IGradientTransform[] transforms;
    readonly IConstraint[] constraints;
    readonly TrainingStep step;
    readonly List<ParameterStep> steps = [];
    readonly List<Factor> factors = [];
    readonly Matrix one;
    readonly PhaseStates data;
    readonly Rng batchRng, chainRng;
    readonly ulong seed;
    readonly EpochLoop loop;
    readonly BatchScratch work = new(), wholeRows = new(), batchWeights = new(), presence = new();
    double[] weightValues = [];
    double greatestValue = 1;

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="model">The machine to teach; its parameters are the start.</param>
    /// <param name="estimator">Where the negative phase comes from.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="options">Rates, penalties, metrics.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range, a name unknown, or a metric made for other models.</exception>
    public Trainer(EnergyModel model, IGradientEstimator estimator, IOptimizer optimizer, TrainerOptions? options = null,
        ulong seed = Rng.DefaultSeed)
    {
        this.options = options ?? new();
        this.options.Validate();
        foreach (Metric metric in this.options.Metrics)
        {
            string lack = metric.NeedsLabels && model.LabelLayer is null ? ", which has no labels" : "";
            bool isDefined = lack.Length == 0 && metric.ModelType.IsInstanceOfType(model);
            if (isDefined && metric.Complaint(model) is string complaint) (isDefined, lack) = (false, $", {complaint}");
            if (!isDefined)
                throw new BadInputException($"the metric '{metric.Name}' is not defined for this kind of model{lack}");
        }
        RequireChains(this.options, estimator);
        if (this.options.Metrics.Any(metric => metric.NeedsChains)) follower = new(model, (IPersistentChains)estimator);
        Model = model;
        Estimator = estimator;
        Optimizer = optimizer;
        this.seed = seed;
        EarlyStopping? stopping = this.options.EarlyStopping;
        Metric? watched = stopping is null ? null : this.options.Metrics.First(m => m.Name == stopping.Metric);
        loop = new EpochLoop(seed, this.options.BatchSize, this.options.Shuffle, stopping, watched?.HigherIsBetter ?? false,
            watched?.TieBreaker);
        gradient = new Gradient(model);
        transforms = [.. this.options.TransformsOf(model)];
        constraints = [.. this.options.ConstraintsOf(model)];
        one = Matrix.Row(1, 1, model.Placement);
        data = new PhaseStates(model);
        batchRng = new Rng(seed, BatchStream);
        chainRng = new Rng(seed, ChainStream);
        step = new TrainingStep(model, gradient, batchRng);
    }

    /// <summary>The machine that learns.</summary>
    public EnergyModel Model { get; }

    /// <summary>Where the negative phase comes from.</summary>
    public IGradientEstimator Estimator { get; }

    /// <summary>How a gradient becomes a step.</summary>
    public IOptimizer Optimizer { get; }

    /// <summary>What is done to a step between its estimate and its update, in order.</summary>
    public IReadOnlyList<IGradientTransform> Transforms => transforms;

    /// <summary>What holds after every update, in order.</summary>
    public IReadOnlyList<IConstraint> Constraints => constraints;

    /// <summary>Epochs completed.</summary>
    public int Epoch => loop.Epoch;

    /// <summary>Rows seen in the epoch after those: a run may resume inside an epoch, with another batch size too.</summary>
    public int RowInEpoch => loop.RowInEpoch;

    /// <summary>
    /// Learns until so many epochs are completed, yielding after every update. Stop enumerating to stop; run again to go on.
    /// </summary>
    /// <param name="training">Rows to learn; weights per row are used if it has them, labels if the model has a label layer.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <param name="validation">Held-out rows for metrics.</param>
    /// <exception cref="BadInputException">The data do not fit the machine.</exception>
    /// <exception cref="DivergenceException">Parameters are no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Dataset training, int epochs, Dataset? validation = null)
    {
        Require(training);
        if (options.Metrics.FirstOrDefault(metric => metric.NeedsChains) is Metric followed) RequireChainsOfModel(training, followed.Name);
        if (validation is not null) Require(validation);
        if (Model.LabelLayer is int labels) OneHot.RequireLearnable(training, validation, Model.Layers[labels].Units);
        options.RequireValidation(validation);
        if (training.RowWeights is not null && !(training.RowWeights.Sum() > 0))
            throw new BadInputException($"all rows of {training.Name} have weight 0");
        loop.Require(training, epochs);
        return Learn(training, epochs, validation);
    }

    IEnumerable<TrainingProgress> Learn(Dataset training, int epochs, Dataset? validation)
    {
        data.Of(Math.Min(options.BatchSize, training.Count));
        greatestValue = GreatestValue(training);
        var monitor = new MetricMonitor(Model, options, training, validation, new Rng(seed, MetricStream), Estimator.Inference, follower);
        follower?.Begin(monitor.Training, new Rng(seed, FollowStream));
        foreach (TrainingProgress progress in loop.Run(new Work(this, training, monitor), training.Count, epochs,
            Drawn(training))) yield return progress;
    }

    double[]? Drawn(Dataset training) => options.DrawByWeight ? training.RowWeights : null;

    Batch Present(Dataset training, ReadOnlySpan<int> indices)
    {
        State state = data.Of(indices.Length);
        bool isOne = Model.RowLayers.Count == 1;
        Matrix visible = isOne ? state[Model.RowLayers[0]] : wholeRows.Of(indices.Length, Model.RowColumns, Model.Placement);
        training.Rows.Gather(indices, visible);
        if (Model.LabelLayer is int labels) OneHot.Set(state[labels], training.Labels!, indices);
        Matrix? present = training.Missing is null ? null : MissingEntries.Split(visible, presence.Like(visible));
        if (Model.ContextLayers.Count == 0)
        {
            Alter(visible, options.Binarization);
            if (isOne) Model.CountDraws(state);
            else Model.SetRows(state, visible);
        }
        else
        {
            // Context stays as it is.
            Model.SetRows(state, visible);
            foreach (int l in Model.ModelledRowLayers) Alter(state[l], options.Binarization.For([Model.Layers[l]]));
            // What is known is clamped as it was altered.
            if (present is not null) visible.SetCopy(Model.ReadRows(state));
        }
        if (present is not null) Condition(state, visible, present, training.Missing!.Value);
        if (options.DrawByWeight || training.RowWeights is not double[] rowWeights) return new Batch(state);
        Matrix weights = batchWeights.Of(indices.Length, 1, Model.Placement);
        if (weightValues.Length < indices.Length) weightValues = new double[indices.Length];
        double total = 0;
        for (int i = 0; i < indices.Length; i++) total += weightValues[i] = rowWeights[indices[i]];
        weights.WriteColumn(0, weightValues.AsSpan(0, indices.Length));
        return new Batch(state, weights, total);
    }

    // Bits, and what transforms do to rows as they are presented.
    void Alter(Matrix values, Binarization binarization)
    {
        binarization.Apply(values, batchRng, work.Like(values));
        foreach (IGradientTransform transform in transforms) transform.Present(step, values);
    }

    // Absent units are left out of both phases. Unknown ones are drawn given the known ones, and are data then (Monte Carlo EM, Wei and
    // Tanner 1990).
    void Condition(State state, Matrix visible, Matrix present, MissingValues missing)
    {
        state.Unclamp();
        if (missing == MissingValues.Absent)
        {
            Model.LeaveOutRows(state, present);
            return;
        }
        Model.ClampRows(state, present, visible);
        if (Model.LabelLayer is int labels) state.ClampLayer(labels);
        Gibbs.Start(Model, state, batchRng);
        Gibbs.Sweep(Model, state, options.CompletionSweeps, batchRng);
        state.Unclamp();
    }

    /// <param name="batch">Estimators give the gradient per unit of its weight.</param>
    /// <param name="share">Its weight in units of what so many rows weigh on average: with it, batches of an epoch add up to the gradient
    /// of the weighted data.</param>
    /// <param name="epoch">Counted from 1.</param>
    void Step(in Batch batch, double share, int epoch)
    {
        gradient.Clear();
        Estimator.Estimate(Model, batch, gradient, chainRng);
        if (follower is not null) Follow(follower, epoch);
        gradient.Scale(share);
        foreach (IGradientTransform transform in transforms) transform.Apply(step);
        Optimizer.Time++;
        var plain = new StepRates(step.LearningRate, options.Momentum.At(epoch), 0, 0);
        steps.Clear();
        factors.Clear();
        for (int i = 0; i < Model.Parameters.Count; i++)
        {
            Parameter parameter = Model.Parameters[i];
            if (parameter.IsFixed) continue;
            StepRates rates = parameter.IsPositive ? plain with { LearningRate = plain.LearningRate * options.PrecisionRate } : plain;
            if (!parameter.IsWeight && constraints.Move(i, gradient.Dense(i), Optimizer, rates)) continue;
            int before = factors.Count;
            if (parameter.IsWeight) factors.AddRange(gradient.Factors(i));
            else factors.Add(new Factor(one, gradient.Dense(i), 1));
            var (l2, l1) = step.Decay(i);
            steps.Add(new(i, parameter.Value, factors.Count - before, rates with { L2 = l2, L1 = l1 }));
        }
        Optimizer.Apply(CollectionsMarshal.AsSpan(steps), CollectionsMarshal.AsSpan(factors));
        foreach (IConstraint constraint in constraints) constraint.Apply();
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
                throw Diverged($"{values.NonFinite} of {(long)parameter.Value.Rows * parameter.Value.Columns} values of {parameter.Name} "
                    + "are not finite", epoch);
            double most = Math.Max(values.Maximum, -values.Minimum);
            // A bias of Gaussian units is γ times a value, and so are their weights.
            if (!parameter.IsPositive && most > MostNats * greatestValue * Math.Max(1, GreatestPrecisionNow()))
                throw Diverged(string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} has grown to {most:G3}, while the rows "
                    + $"have no value beyond {greatestValue:G3}"), epoch);
            if (parameter.IsPositive && !(values.Minimum > 0))
                throw Diverged($"the least value of {parameter.Name} has sunk to {values.Minimum:R}", epoch);
        }
    }

    double GreatestPrecisionNow()
    {
        double greatest = 0;
        foreach (Parameter parameter in Model.Parameters)
            if (parameter.IsPositive) greatest = Math.Max(greatest, parameter.Value.Summarize().Maximum);
        return greatest;
    }

    // The largest absolute value of some rows, at least 1, which units of layers above have.
    static double GreatestValue(Dataset training)
    {
        double greatest = 1;
        var row = new double[training.Columns];
        int count = Math.Min(training.Count, RowsLookedAt);
        for (int i = 0; i < count; i++)
        {
            training.Rows.Read((int)((long)i * training.Count / count), row);
            foreach (double value in row)
                if (Math.Abs(value) > greatest && double.IsFinite(value)) greatest = Math.Abs(value);
        }
        return greatest;
    }

    DivergenceException Diverged(string what, int epoch) => new(
        $"training diverged in epoch {epoch}: {what}; lower the learning rate (now {options.LearningRate.At(epoch):R}) or the momentum "
            + $"(now {options.Momentum.At(epoch):R})");

    /// <exception cref="BadInputException">A metric follows persistent chains, and there are none.</exception>
    internal static void RequireChains(TrainerOptions options, IGradientEstimator estimator)
    {
        if (estimator is not IPersistentChains { AreOfModel: true }
            && options.Metrics.FirstOrDefault(metric => metric.NeedsChains) is Metric followed)
            throw new BadInputException($"the metric '{followed.Name}' follows persistent chains of the machine, as pcd and pt have them; "
                + $"{estimator.Name} has none");
    }

    /// <exception cref="BadInputException">A resumed run has seen more rows of its epoch than there are.</exception>
    internal void RequireRowsLeft(Dataset training) => loop.RequireRowsLeft(training);

    // Chains that lack the units of their rows are no samples of the whole machine.
    static void RequireChainsOfModel(Dataset training, string metric)
    {
        int complete = training.Missing is null ? training.Count : training.CompleteRows().Count;
        if (complete == 0)
            throw new BadInputException($"{training.Name} has no complete row, and metrics of persistent chains start at such");
        if (complete < training.Count && training.Missing == MissingValues.Absent)
            throw new BadInputException($"the metric '{metric}' follows chains of the whole machine, and those of rows with absent entries "
                + "lack the same units; expected rows without gaps");
    }

    void RequireGaps(Dataset set)
    {
        Layer[] layers = [.. Model.RowLayers.Select(l => Model.Layers[l])];
        if (set.Missing is null || layers.All(layer => layer.BlockColumns == 1 && !layer.IsContext)) return;
        var gaps = new RowGaps(layers);
        var row = new double[set.Columns];
        for (int r = 0; r < set.Count; r++)
        {
            set.Rows.Read(r, row);
            if (gaps.Fill(row) is string complaint) throw new BadInputException($"{set.Name}: row {r + 1}, {complaint}");
        }
    }

    void Require(Dataset set)
    {
        if (set.Count == 0) throw new BadInputException($"{set.Name} has no rows");
        if (set.Columns != Model.RowColumns)
            throw new BadInputException($"{set.Name} has {set.Columns} columns, but the model has {Model.RowColumns} visible units");
        RequireGaps(set);
    }
}
