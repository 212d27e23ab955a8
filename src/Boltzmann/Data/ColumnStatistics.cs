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
        var sums = new Sums(rows.Columns);
        var row = new double[rows.Columns];
        for (int r = 0; r < rows.Count; r++)
        {
            rows.Read(r, row);
            double weight = weights?[r] ?? 1;
            for (int c = 0; c < row.Length; c++)
                if (!hasMissing || !double.IsNaN(row[c])) sums.Add(c, row[c], weight);
        }
        return sums.Finish();
    }

    // The same over the entries that sparse rows keep, with all others joined at the end: zeros count, absent ones do not.
    static ColumnStatistics OfEntries(Rows rows, double[]? weights, double elsewhere)
    {
        int width = rows.Columns;
        var sums = new Sums(width);
        var values = new double[width];
        int[] columns = new int[width], counts = new int[width];
        double all = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            double weight = weights?[r] ?? 1;
            all += weight;
            int entries = rows.ReadEntries(r, columns, values);
            for (int e = 0; e < entries; e++)
            {
                counts[columns[e]]++;
                sums.Add(columns[e], values[e], weight);
            }
        }
        if (elsewhere == 0)
            for (int c = 0; c < width; c++)
                if (counts[c] < rows.Count) sums.AddZeros(c, all);
        return sums.Finish();
    }

    /// <summary>Means and sums of squares about them, as they grow.</summary>
    sealed class Sums
    {
        readonly double[] totals, means, squares, minimum, maximum;

        public Sums(int columns)
        {
            (totals, means, squares) = (new double[columns], new double[columns], new double[columns]);
            (minimum, maximum) = (new double[columns], new double[columns]);
            Array.Fill(minimum, double.PositiveInfinity);
            Array.Fill(maximum, double.NegativeInfinity);
        }

        public void Add(int c, double x, double weight)
        {
            totals[c] += weight;
            double share = totals[c] > 0 ? weight / totals[c] : 0, step = x - means[c];
            means[c] += share * step;
            squares[c] += weight * step * (x - means[c]);
            minimum[c] = Math.Min(minimum[c], x);
            maximum[c] = Math.Max(maximum[c], x);
        }

        /// <summary>
        /// Brings the weight of a column to that of all rows by zeros: two groups in one (Chan, Golub and LeVeque 1979), the second all 0.
        /// </summary>
        public void AddZeros(int c, double all)
        {
            double share = all > 0 ? totals[c] / all : 0;
            squares[c] += means[c] * means[c] * share * (all - totals[c]);
            means[c] *= share;
            totals[c] = all;
            minimum[c] = Math.Min(minimum[c], 0);
            maximum[c] = Math.Max(maximum[c], 0);
        }

        public ColumnStatistics Finish()
        {
            for (int c = 0; c < totals.Length; c++) squares[c] = totals[c] > 0 ? squares[c] / totals[c] : 0;
            return new(means, squares, minimum, maximum);
        }
    }
}
