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
        if (rows.Elsewhere is double elsewhere && (hasMissing || elsewhere == 0)) return OfEntries(rows, weights, elsewhere);
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

    // The same over the entries that sparse rows keep, with all others joined at the end: zeros count, absent ones do not.
    static ColumnStatistics OfEntries(Rows rows, double[]? weights, double elsewhere)
    {
        int width = rows.Columns;
        double[] values = new double[width], means = new double[width], variances = new double[width], totals = new double[width];
        double[] minimum = new double[width], maximum = new double[width];
        int[] columns = new int[width], counts = new int[width];
        Array.Fill(minimum, double.PositiveInfinity);
        Array.Fill(maximum, double.NegativeInfinity);
        double all = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            double weight = weights?[r] ?? 1;
            all += weight;
            int entries = rows.ReadEntries(r, columns, values);
            for (int e = 0; e < entries; e++)
            {
                int c = columns[e];
                counts[c]++;
                totals[c] += weight;
                double share = totals[c] > 0 ? weight / totals[c] : 0, x = values[e], step = x - means[c];
                means[c] += share * step;
                variances[c] += weight * step * (x - means[c]);
                minimum[c] = Math.Min(minimum[c], x);
                maximum[c] = Math.Max(maximum[c], x);
            }
        }
        for (int c = 0; c < width; c++)
        {
            if (elsewhere == 0 && counts[c] < rows.Count)
            {
                // Two groups in one (Chan, Golub and LeVeque 1979), the second all 0.
                double share = all > 0 ? totals[c] / all : 0;
                variances[c] += means[c] * means[c] * share * (all - totals[c]);
                means[c] *= share;
                totals[c] = all;
                minimum[c] = Math.Min(minimum[c], 0);
                maximum[c] = Math.Max(maximum[c], 0);
            }
            variances[c] = totals[c] > 0 ? variances[c] / totals[c] : 0;
        }
        return new(means, variances, minimum, maximum);
    }
}
