namespace Boltzmann;

/// <summary>
/// How an estimator learns. The names follow those that users of other libraries know; the defaults are theirs where they do well: two
/// hidden layers, 10 epochs of pre-training, 100 of fine-tuning, batches of 32. Fine-tuning is by Adam with its usual rate, and rows are
/// scaled to 0..1.
/// </summary>
public sealed record DbnSettings
{
    // Of either kind of estimator; each looks again which are its own.
    static readonly string[] knownMetrics = [.. NetworkMetric.Names(new SoftmaxHead(),
        true).Union(NetworkMetric.Names(new LinearHead(), true))];

    /// <summary>Units of each hidden layer, from the rows upward; at least one layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 256];

    /// <summary>
    /// What hidden units make of their inputs once fine-tuned: <see cref="Activation.Sigmoid"/>, the mean of the binary units that
    /// pre-training teaches, or another, which then begins with their weights.
    /// </summary>
    public Activation Activation { get; init; } = Activation.Sigmoid;

    /// <summary>Epochs that each machine of the stack learns, by contrastive divergence with momentum 0.9.</summary>
    public int PretrainingEpochs { get; init; } = 10;

    /// <summary>k of that contrastive divergence (CD-k): Gibbs sweeps from each row.</summary>
    public int PretrainingSteps { get; init; } = 1;

    /// <summary>
    /// Learning rate of pre-training; null for 0.05, and a tenth of it where a machine sees real numbers (Hinton 2010, section 13.2).
    /// </summary>
    public double? PretrainingRate { get; init; }

    /// <summary>Epochs of fine-tuning at most.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Learning rate of fine-tuning; Kingma and Ba's (2015) for Adam.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How fine-tuning turns a gradient into a step.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Share of the last step kept in fine-tuning (β₁ for Adam).</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Rows per update, in both phases.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Chance that a hidden unit is dropped from a row in fine-tuning.</summary>
    public double Dropout { get; init; }

    /// <summary>Chance that an input is dropped.</summary>
    public double InputDropout { get; init; }

    /// <summary>Weight decay λ₂ in fine-tuning: the weights' gradient loses λ₂·W.</summary>
    public double L2 { get; init; } = 1e-4;

    /// <summary>What is done to the columns first.</summary>
    public FeatureScaling Scaling { get; init; } = FeatureScaling.MinMax;

    /// <summary>Whether scaled values above ½ then become 1 and others 0.</summary>
    public bool Binarize { get; init; }

    /// <summary>Share of the training rows, picked at random, that are held out of learning to watch it.</summary>
    public double ValidationShare { get; init; }

    /// <summary>
    /// Epochs of fine-tuning without improvement of <see cref="EarlyStoppingMetric"/> after which it stops and returns to the best; null to
    /// go on to the end.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>
    /// What has to improve: the name of a <see cref="NetworkMetric"/>. The loss on held-out rows unless set; of no effect without
    /// <see cref="Patience"/>.
    /// </summary>
    public string EarlyStoppingMetric { get; init; } = NetworkMetric.Validation + NetworkMetric.Loss;

    /// <summary>Settles everything random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Throws unless every setting is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        if (Hidden is null || Hidden.Count == 0) throw new BadInputException("there must be at least one hidden layer");
        foreach (int units in Hidden) Require(units >= 1, "the number of units of a hidden layer", units, "at least 1");
        if (!Enum.IsDefined(Activation) || !Enum.IsDefined(Optimizer) || !Enum.IsDefined(Scaling))
            throw new BadInputException("the activation, optimiser or scaling is not one that there is");
        Require(PretrainingEpochs >= 0, "the number of epochs of pre-training", PretrainingEpochs, "at least 0");
        Require(PretrainingSteps is >= 1 and <= 1_000_000, "the number of Gibbs steps of pre-training", PretrainingSteps,
            "from 1 to 1000000");
        Require(PretrainingRate is null or (>= 0 and < double.PositiveInfinity), "the rate of pre-training", PretrainingRate ?? 0,
            "finite and at least 0");
        Require(Epochs >= 1, "the number of epochs", Epochs, "at least 1");
        Require(ValidationShare is >= 0 and < 1, "the share of validation rows", ValidationShare, "at least 0 and below 1");
        if (Patience is not null && ValidationShare == 0)
            throw new BadInputException("early stopping (patience) needs a share of validation rows above 0");
        if (!knownMetrics.Contains(EarlyStoppingMetric))
            throw new BadInputException($"early stopping watches {Quoted.Text(EarlyStoppingMetric ?? "")}, which is not measured; known "
                + $"are {string.Join(", ", knownMetrics)}");
        Tuning().Validate();
    }

    /// <summary>The trainer's options.</summary>
    internal NetworkTrainerOptions Tuning() => new()
    {
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Momentum = Momentum,
        L2 = [L2],
        Dropout = Dropout,
        InputDropout = InputDropout,
        EarlyStopping = Patience is int patience ? new(EarlyStoppingMetric, patience) : null,
    };

    static void Require(bool holds, string what, double value, string range)
    {
        if (!holds) throw new BadInputException($"{what} must be {range}, not {value:R}");
    }
}
