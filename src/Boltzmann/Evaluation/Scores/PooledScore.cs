namespace Boltzmann.Evaluation;

/// <summary>A number that judges all rows together, such as the area under a curve, which is not the mean of a number per row.</summary>
/// <param name="Value">The number; NaN where it is not defined.</param>
/// <param name="StandardError">How far other rows of the same source would move it; NaN where that cannot be told.</param>
public readonly record struct PooledScore(double Value, double StandardError)
{
    /// <summary>The mean of a number per row.</summary>
    public static PooledScore Of(Score score) => new(score.Mean, score.StandardError);

    /// <summary>
    /// A number that each row moves by its share: the standard error is √(n/(n − 1)·Σ shares²), the delta method.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="shares">The influence of each row on it, divided by the number of rows, with a sum of 0.</param>
    internal static PooledScore Of(double value, ReadOnlySpan<double> shares)
    {
        double squares = 0;
        foreach (double share in shares) squares += share * share;
        double n = shares.Length;
        return new(value, n < 2 ? double.NaN : Math.Sqrt(squares * n / (n - 1)));
    }
}
