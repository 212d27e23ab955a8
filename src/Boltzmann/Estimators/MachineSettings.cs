namespace Boltzmann.Estimators;

/// <summary>
/// How an estimator of one machine learns: by persistent contrastive divergence with a centred gradient. The defaults are those of the
/// command line.
/// </summary>
public abstract record MachineSettings
{
    internal const double ShareOfReals = 0.1;

    private protected MachineSettings() { }

    /// <summary>Passes over the rows.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>
    /// Learning rate, which falls to a tenth of it in a straight line; null for 0.05 of an rbm, 0.01 of a dbm, and a tenth of that where
    /// the machine sees real numbers (Hinton 2010, section 13.2).
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>Share of the last step kept.</summary>
    public double Momentum { get; init; } = 0.5;

    /// <summary>Rows per update.</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>Persistent chains.</summary>
    public int Chains { get; init; } = 100;

    /// <summary>Weight decay λ₂: the weights' gradient loses λ₂·W.</summary>
    public double L2 { get; init; } = 1e-5;

    /// <summary>What is done to the columns first.</summary>
    public FeatureScaling Scaling { get; init; } = FeatureScaling.MinMax;

    /// <summary>
    /// Whether scaled values above ½ then become 1 and others 0. Without it values in 0..1 are probabilities, from which learning draws
    /// bits at each presentation.
    /// </summary>
    public bool Binarize { get; init; }

    /// <summary>Settles everything random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>k, Gibbs sweeps per update.</summary>
    internal abstract int SweepsPerUpdate { get; }

    /// <summary>Units of each hidden layer.</summary>
    internal abstract IReadOnlyList<int> HiddenUnits { get; }

    /// <summary>Throws unless every setting is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public virtual void Validate()
    {
        if (HiddenUnits is null || HiddenUnits.Count == 0) throw new BadInputException("there must be at least one hidden layer");
        foreach (int units in HiddenUnits)
            Require(units is >= 1 and <= Layer.MaximumUnits, "the number of units of a hidden layer", units,
                $"from 1 to {Layer.MaximumUnits}");
        if (!Enum.IsDefined(Scaling)) throw new BadInputException("the scaling is not one that there is");
        Require(Epochs >= 1, "the number of epochs", Epochs, "at least 1");
        Require(Chains >= 1, "the number of chains", Chains, "at least 1");
        Require(SweepsPerUpdate is >= 1 and <= 1_000_000, "the number of Gibbs steps", SweepsPerUpdate, "from 1 to 1000000");
        Training(false).Validate();
    }

    /// <summary>The rate where none is set and units are binary.</summary>
    internal abstract double UsualRate { get; }

    /// <summary>Machines that learn before the one that is kept.</summary>
    internal virtual int MachinesBefore => 0;

    /// <summary>The trainer's options.</summary>
    /// <param name="isReal">Whether visible units take real numbers.</param>
    internal TrainerOptions Training(bool isReal)
    {
        double start = LearningRate ?? UsualRate * (isReal ? ShareOfReals : 1);
        return new()
        {
            BatchSize = BatchSize,
            LearningRate = Schedule.Linear(start, start / 10, Math.Max(Epochs, 1)),
            Momentum = Momentum,
            L2 = L2,
            Binarization = isReal ? Binarization.None : Binarization.Stochastic,
        };
    }

    private protected static void Require(bool holds, string what, double value, string range)
    {
        if (!holds) throw new BadInputException($"{what} must be {range}, not {value:R}");
    }
}
