using System.Globalization;

namespace Boltzmann.Evaluation;

/// <summary>One number per row of data, with its mean: log-likelihoods, pseudo-likelihoods, reconstruction errors.</summary>
/// <param name="perRow">The numbers, in the order of the rows.</param>
public sealed class Score(IReadOnlyList<double> perRow) : IFormattable
{
    /// <summary>The numbers, in the order of the rows.</summary>
    public IReadOnlyList<double> PerRow => perRow;

    /// <summary>Mean over rows; NaN without rows.</summary>
    public double Mean { get; } = perRow.Count == 0 ? double.NaN : perRow.Sum() / perRow.Count;

    /// <summary>
    /// Standard error of the mean over rows, √(s²/n) with s² the unbiased variance: how far other rows of the same source would move it.
    /// NaN below two rows.
    /// </summary>
    public double StandardError => Math.Sqrt(Variance / perRow.Count);

    /// <summary>Unbiased standard deviation of the numbers, s: how far they lie apart. NaN below two rows.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    double Variance
    {
        get
        {
            if (perRow.Count < 2) return double.NaN;
            double squares = 0;
            foreach (double x in perRow) squares += (x - Mean) * (x - Mean);
            return squares / (perRow.Count - 1);
        }
    }

    /// <summary>With a format, the mean alone; without one, mean ± standard error.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        string.IsNullOrEmpty(format) ? ToString() : Mean.ToString(format, formatProvider);

    /// <summary>Mean ± standard error.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G6} ± {StandardError:G2}");
}
