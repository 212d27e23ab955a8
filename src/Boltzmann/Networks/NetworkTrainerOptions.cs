namespace Boltzmann.Networks;

/// <summary>How a network learns. Defaults: Adam's rate and momentum of Kingma and Ba (2015), batches of 128.</summary>
public sealed partial record NetworkTrainerOptions
{
    /// <summary>Rows per update; more than there are is fine.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Step size per unit of mean gradient, by epoch.</summary>
    public Schedule LearningRate { get; init; } = 0.001;

    /// <summary>Share of the last step kept, by epoch (β₁ for Adam).</summary>
    public Schedule Momentum { get; init; } = 0.9;

    /// <summary>
    /// Multipliers of the rate, from the first layer upward, the last staying: pre-trained layers are often moved more slowly.
    /// </summary>
    public IReadOnlyList<double> LayerRates { get; init; } = [1];

    /// <summary>Weight decay λ₂ of each layer, the last staying: the weights' gradient loses λ₂·W.</summary>
    public IReadOnlyList<double> L2 { get; init; } = [0];

    /// <summary>Greatest Euclidean norm of a hidden unit's incoming weights; ∞ for no limit.</summary>
    public double MaxNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Chance that an input is dropped from a row (Srivastava et al. 2014).</summary>
    public double InputDropout { get; init; }

    /// <summary>Chance that a hidden unit is dropped.</summary>
    public double Dropout { get; init; }

    /// <summary>When to lower the learning rate; null for never.</summary>
    public Plateau? Plateau { get; init; }

    /// <summary>When to stop before the last epoch; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// Whether training ends with the parameters of the epoch that did best by the metric of early stopping, instead of the last.
    /// </summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>Whether rows come in a new random order every epoch.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Throws unless every number is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        Require(BatchSize >= 1, "the batch size", BatchSize, "at least 1");
        foreach (double rate in LearningRate.Values)
            Require(rate >= 0 && double.IsFinite(rate), "the learning rate", rate, "finite and at least 0");
        foreach (double m in Momentum.Values) Require(m is >= 0 and < 1, "the momentum", m, "at least 0 and below 1");
        foreach (double factor in LayerRates)
            Require(factor >= 0 && double.IsFinite(factor), "a layer's multiplier of the learning rate", factor, "finite and at least 0");
        foreach (double l2 in L2) Require(l2 >= 0 && double.IsFinite(l2), "the L2 penalty", l2, "finite and at least 0");
        if (LayerRates.Count == 0 || L2.Count == 0)
            throw new BadInputException("multipliers of the learning rate and L2 penalties need at least one value");
        Require(MaxNorm > 0, "the greatest weight norm", MaxNorm, "above 0");
        Require(InputDropout is >= 0 and < 1, "the dropout of inputs", InputDropout, "at least 0 and below 1");
        Require(Dropout is >= 0 and < 1, "the dropout of hidden units", Dropout, "at least 0 and below 1");
        if (Plateau is Plateau plateau)
        {
            Require(plateau.Patience >= 1, "the patience of the learning rate's decay", plateau.Patience, "at least 1");
            Require(plateau.Factor is > 0 and < 1, "the factor of the learning rate's decay", plateau.Factor, "above 0 and below 1");
            Require(plateau.Minimum >= 0, "the least learning rate", plateau.Minimum, "at least 0");
        }
        EarlyStopping?.Validate();
    }

    internal static double OfLayer(IReadOnlyList<double> values, int layer) => values[Math.Min(layer, values.Count - 1)];

    static void Require(bool holds, string what, double value, string range)
    {
        if (!holds) throw new BadInputException($"{what} must be {range}, not {value:R}");
    }
}
