namespace Boltzmann;

/// <summary>
/// How a trainer learns. Defaults follow Hinton's "A practical guide to training restricted Boltzmann machines" (2010) and the measurements
/// in docs/design-notes.md.
/// </summary>
public sealed partial record TrainerOptions
{
    /// <summary>Rows per update; more than the data have is fine.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Step size per unit of mean gradient, by epoch.</summary>
    public Schedule LearningRate { get; init; } = 0.05;

    /// <summary>
    /// Factor on the step size of precisions, which are learned on their logarithm. A tenth keeps them from falling behind the weights
    /// where columns are of many widths; a precision that runs ahead of its weights ends as noise.
    /// </summary>
    public double PrecisionRate { get; init; } = 1;

    /// <summary>
    /// Share of the last step kept, by epoch (β₁ for Adam). The guide (§9) raises it to 0.9 later; with persistent chains 0.5 did better
    /// (docs/design-notes.md).
    /// </summary>
    public Schedule Momentum { get; init; } = 0.5;

    /// <summary>k, by epoch; null leaves the estimator's own.</summary>
    public Schedule? Steps { get; init; }

    /// <summary>Weight decay λ₂: the weights' gradient loses λ₂·W.</summary>
    public double L2 { get; init; } = 1e-5;

    /// <summary>Lasso penalty λ₁: the weights' gradient loses λ₁·sign(W).</summary>
    public double L1 { get; init; }

    /// <summary>
    /// Greatest Euclidean norm of a hidden unit's incoming weights, those from layers nearer to the rows of data; ∞ for no limit.
    /// </summary>
    public double MaxNorm { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Chance that a visible unit is dropped (set to 0, the others scaled by 1/(1 − chance)) as a batch is presented. Metrics never see it.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>Wanted mean activity of hidden units.</summary>
    public ByLayer SparsityTarget { get; init; } = 0.1;

    /// <summary>Strength of the pull to that activity; 0 for none.</summary>
    public ByLayer SparsityCost { get; init; } = 0;

    /// <summary>What a batch leaves of the running mean of activity.</summary>
    public double SparsityDamping { get; init; } = 0.9;

    /// <summary>Whether the gradient is centred; see <see cref="Training.Centering"/>.</summary>
    public bool Centering { get; init; } = true;

    /// <summary>
    /// Whether the gradient of a visible unit is averaged over the rows of a batch that have it (<see cref="MissingValues.Absent"/>), in
    /// place of all its rows; see <see cref="Training.PresentAverage"/>.
    /// </summary>
    public bool AveragePresent { get; init; }

    /// <summary>How grey values become bits at each presentation.</summary>
    public Binarization Binarization { get; init; } = Binarization.None;

    /// <summary>
    /// Gibbs sweeps that complete unknown entries of a row (<see cref="MissingValues.Unknown"/>) as it is presented, from a draw by the
    /// biases.
    /// </summary>
    public int CompletionSweeps { get; init; } = 5;

    /// <summary>Whether rows come in a new random order every epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether rows with weights come as often as their weights say, each for the same, in place of once an epoch for its weight: a batch
    /// of weights that span decades follows the few heaviest of its rows, and its noise hides what light rows teach.
    /// </summary>
    public bool DrawByWeight { get; init; }

    /// <summary>What to measure after epochs, and how often.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>When to stop before the last epoch; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Throws unless every number is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        Require(BatchSize >= 1, "the batch size", BatchSize, "at least 1");
        foreach (double rate in LearningRate.Values)
            Require(rate >= 0 && double.IsFinite(rate), "the learning rate", rate, "finite and at least 0");
        Require(PrecisionRate >= 0 && double.IsFinite(PrecisionRate), "the rate of precisions", PrecisionRate, "finite and at least 0");
        foreach (double m in Momentum.Values) Require(m is >= 0 and < 1, "the momentum", m, "at least 0 and below 1");
        foreach (double k in Steps?.Values ?? [])
            Require(k is >= 1 and <= 1_000_000 && k == Math.Floor(k), "the number of Gibbs steps", k, "a whole number of at least 1");
        Require(L2 >= 0 && double.IsFinite(L2), "the L2 penalty", L2, "finite and at least 0");
        Require(L1 >= 0 && double.IsFinite(L1), "the L1 penalty", L1, "finite and at least 0");
        Require(MaxNorm > 0, "the greatest weight norm", MaxNorm, "above 0");
        Require(Dropout is >= 0 and < 1, "the dropout", Dropout, "at least 0 and below 1");
        foreach (double target in SparsityTarget.Values) Require(target is >= 0 and <= 1, "the sparsity target", target, "between 0 and 1");
        foreach (double cost in SparsityCost.Values)
            Require(cost >= 0 && double.IsFinite(cost), "the sparsity cost", cost, "finite and at least 0");
        Require(CompletionSweeps >= 1, "the number of sweeps that complete a row", CompletionSweeps, "at least 1");
        Require(SparsityDamping is >= 0 and < 1, "the sparsity damping", SparsityDamping, "at least 0 and below 1");
        foreach (Metric metric in Metrics)
            Require(metric.Every >= 1, $"the number of epochs between measurements of {metric.Name}", metric.Every, "at least 1");
        if (Metrics.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BadInputException($"the metric {twice.Key} is asked for {twice.Count()} times");
        if (EarlyStopping is not EarlyStopping stop) return;
        if (Metrics.All(m => m.Name != stop.Metric))
            throw new BadInputException($"early stopping watches '{stop.Metric}', which is not among the metrics: "
                + $"{string.Join(", ", Metrics.Select(m => m.Name))}");
        stop.Validate();
    }

    /// <exception cref="BadInputException">Early stopping watches rows that are not there.</exception>
    internal void RequireValidation(Dataset? validation)
    {
        if (validation is null && EarlyStopping is EarlyStopping stop && Metrics.First(m => m.Name == stop.Metric).NeedsValidation)
            throw new BadInputException($"early stopping watches '{stop.Metric}', which needs validation rows");
    }

    static void Require(bool holds, string what, double value, string range)
    {
        if (!holds) throw new BadInputException($"{what} must be {range}, not {value:R}");
    }
}
