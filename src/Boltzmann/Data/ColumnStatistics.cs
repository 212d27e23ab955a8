namespace Boltzmann.Data;

/// <summary>Statistics of each column of a dataset, in double precision.</summary>
/// <param name="Means">Weighted means, Σwx/Σw; 0 for a column without a value.</param>
/// <param name="Variances">Weighted variances, Σw(x − mean)²/Σw.</param>
/// <param name="Minimum">Least values.</param>
/// <param name="Maximum">Greatest values.</param>
public sealed record ColumnStatistics(double[] Means, double[] Variances, double[] Minimum, double[] Maximum)
{
    /// <summary>
    /// One pass over the rows (West 1979), so that data larger than memory will do and large means lose no digits of the variance.
    /// </summary>
    /// <param name="rows">The values.</param>
    /// <param name="weights">Of the rows; null for ones.</param>
    /// <param name="hasMissing">Whether NaN is a missing value, to be passed over.</param>
    internal static ColumnStatistics Of(Rows rows, double[]? weights, bool hasMissing = false)
    {
        int columns = rows.Columns;
        double[] row = new double[columns], means = new double[columns], variances = new double[columns];
        double[] minimum = new double[columns], maximum = new double[columns];
        Array.Fill(minimum, double.PositiveInfinity);
        Array.Fill(maximum, double.NegativeInfinity);
        var totals = new double[columns];
        for (int r = 0; r < rows.Count; r++)
        {
            rows.Read(r, row);
            double weight = weights?[r] ?? 1;
            for (int c = 0; c < row.Length; c++)
            {
                if (hasMissing && double.IsNaN(row[c])) continue;
                totals[c] += weight;
                double share = totals[c] > 0 ? weight / totals[c] : 0, x = row[c], step = x - means[c];
                means[c] += share * step;
                variances[c] += weight * step * (x - means[c]);
                minimum[c] = Math.Min(minimum[c], x);
                maximum[c] = Math.Max(maximum[c], x);
            }
        }
        for (int c = 0; c < columns; c++) variances[c] = totals[c] > 0 ? variances[c] / totals[c] : 0;
        return new(means, variances, minimum, maximum);
    }
}
