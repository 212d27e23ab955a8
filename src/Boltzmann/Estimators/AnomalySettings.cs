namespace Boltzmann;

/// <summary>
/// How an <see cref="AnomalyDetector"/> learns. The defaults are one set for all tables, measured on several (docs/design-notes.md,
/// "Anomalies on tables").
/// </summary>
public sealed record AnomalySettings
{
    /// <summary>Hidden units.</summary>
    public int Hidden { get; init; } = 20;

    /// <summary>Updates, whatever the number of rows.</summary>
    public int Updates { get; init; } = 2000;

    /// <summary>Rows per update.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Learning rate of the first updates; it falls to 0 in a straight line.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Weight decay λ₂.</summary>
    public double L2 { get; init; } = 1e-3;

    /// <summary>
    /// Share of the rows that is left out of learning: the strangest ones, column by column, so that odd rows among those to learn from do
    /// not become a part of what is usual. 0 where all rows are known to be usual.
    /// </summary>
    public double LeftOut { get; init; } = 0.1;

    /// <summary>
    /// Standard deviation of the noise that rows have as they are learned, where columns have 1: it bounds the precision of columns that
    /// hardly vary or that others settle.
    /// </summary>
    public double Noise { get; init; } = 0.3;

    /// <summary>
    /// What is added to the precision of every column once the machine has learned. The score is then F(v) + weight·Σz²/2: rows have to be
    /// usual together, and column by column, too, which a machine that has learned some of the odd rows does not ask.
    /// </summary>
    public double ColumnWeight { get; init; } = 2;

    /// <summary>Whether columns become normal scores of their ranks before they are standardised: robust to shapes and tails.</summary>
    public bool NormalScores { get; init; } = true;

    /// <summary>Settles everything random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Throws unless every setting is in its range.</summary>
    /// <exception cref="BadInputException">One is not; the message names it.</exception>
    public void Validate()
    {
        Require(Hidden is >= 1 and <= Layer.MaximumUnits, "the number of hidden units", Hidden, "at least 1");
        Require(Updates >= 1, "the number of updates", Updates, "at least 1");
        Require(LeftOut is >= 0 and < 1, "the share of rows left out", LeftOut, "at least 0 and below 1");
        Require(Noise >= 0 && double.IsFinite(Noise), "the noise", Noise, "finite and at least 0");
        Require(ColumnWeight >= 0 && double.IsFinite(ColumnWeight), "the weight of columns by themselves", ColumnWeight,
            "finite and at least 0");
        new TrainerOptions { BatchSize = BatchSize, LearningRate = LearningRate, L2 = L2 }.Validate();
    }

    static void Require(bool holds, string what, double value, string range)
    {
        if (!holds) throw new BadInputException($"{what} must be {range}, not {value:R}");
    }
}
