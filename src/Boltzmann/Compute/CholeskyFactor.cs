using System.Numerics;
using System.Runtime.InteropServices;

namespace Boltzmann.Compute;

/// <summary>
/// L of a symmetric positive matrix, A = L·Lᵀ, by rows (Golub and Van Loan 2013, section 4.2), to solve A·x = b. A column of which rounding
/// leaves nothing positive, as of one that others add up to, gets no part in a solution.
/// </summary>
sealed class CholeskyFactor
{
    // Below this share of the entry that was there, what is left is rounding.
    const double Rounding = 1e-14;

    readonly double[][] rows;

    /// <param name="rows">A by rows, of which the lower triangle is read; it becomes L.</param>
    public CholeskyFactor(double[][] rows)
    {
        this.rows = rows;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = rows[i];
            double own = row[i];
            for (int j = 0; j < i; j++)
            {
                double[] above = rows[j];
                row[j] = above[j] == 0 ? 0 : (row[j] - Dot(row, above, j)) / above[j];
            }
            double left = own - Dot(row, row, i);
            row[i] = left > Rounding * Math.Abs(own) ? Math.Sqrt(left) : 0;
        }
    }

    /// <summary>Puts x of A·x = b in place of b.</summary>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < rows.Length; i++) b[i] = rows[i][i] == 0 ? 0 : (b[i] - Dot(rows[i], b, i)) / rows[i][i];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            double[] row = rows[i];
            if (row[i] == 0) continue;
            b[i] /= row[i];
            for (int j = 0; j < i; j++) b[j] -= row[j] * b[i];
        }
    }

    static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int count)
    {
        ReadOnlySpan<Vector<double>> first = MemoryMarshal.Cast<double, Vector<double>>(a[..count]),
            second = MemoryMarshal.Cast<double, Vector<double>>(b[..count]);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < first.Length; i++) sums += first[i] * second[i];
        double sum = Vector.Sum(sums);
        for (int i = first.Length * Vector<double>.Count; i < count; i++) sum += a[i] * b[i];
        return sum;
    }
}
