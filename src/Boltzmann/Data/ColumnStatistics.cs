namespace Boltzmann;

/// <summary>Statistics of each column of a dataset, in double precision.</summary>
/// <param name="Means">Weighted means, Σwx/Σw.</param>
/// <param name="Variances">Weighted variances, Σw(x − mean)²/Σw.</param>
/// <param name="Minimum">Least values.</param>
/// <param name="Maximum">Greatest values.</param>
public sealed record ColumnStatistics(double[] Means, double[] Variances, double[] Minimum, double[] Maximum)
{
    /// <summary>One pass over the rows (West 1979), so that data larger than memory will do and large means lose no digits of the variance.</summary>
    internal static ColumnStatistics Of(Rows rows, double[]? weights)
    {
        int columns = rows.Columns;
        double[] row = new double[columns], means = new double[columns], variances = new double[columns];
        double[] minimum = new double[columns], maximum = new double[columns];
        Array.Fill(minimum, double.PositiveInfinity);
        Array.Fill(maximum, double.NegativeInfinity);
        double total = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            rows.Read(r, row);
            double weight = weights?[r] ?? 1;
            total += weight;
            double share = total > 0 ? weight / total : 0;
            for (int c = 0; c < row.Length; c++)
            {
                double x = row[c], step = x - means[c];
                means[c] += share * step;
                variances[c] += weight * step * (x - means[c]);
                minimum[c] = Math.Min(minimum[c], x);
                maximum[c] = Math.Max(maximum[c], x);
            }
        }
        for (int c = 0; c < columns; c++) variances[c] = total > 0 ? variances[c] / total : 0;
        return new(means, variances, minimum, maximum);
    }
}
