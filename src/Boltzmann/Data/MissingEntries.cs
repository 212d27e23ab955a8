using System.Buffers;

namespace Boltzmann.Data;

/// <summary>Rows in which NaN marks entries that are missing.</summary>
static class MissingEntries
{
    /// <summary>Puts the value of its column in place of every NaN of a row.</summary>
    public static void Fill(Span<double> row, ReadOnlySpan<double> values)
    {
        for (int c = 0; c < row.Length; c++)
            if (double.IsNaN(row[c])) row[c] = values[c];
    }

    /// <summary>Puts 0 in place of NaN, and says where numbers are: 1 there, 0 where NaN was.</summary>
    /// <param name="values">[B × n], changed.</param>
    /// <param name="present">[B × n], overwritten.</param>
    /// <returns><paramref name="present"/>.</returns>
    public static Matrix Split(Matrix values, Matrix present)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(2 * values.Columns);
        Span<double> row = rented.AsSpan(0, values.Columns), isThere = rented.AsSpan(values.Columns, values.Columns);
        for (int r = 0; r < values.Rows; r++)
        {
            values.ReadRow(r, row);
            bool isWhole = true;
            for (int c = 0; c < row.Length; c++)
            {
                bool isMissing = double.IsNaN(row[c]);
                isThere[c] = isMissing ? 0 : 1;
                if (!isMissing) continue;
                row[c] = 0;
                isWhole = false;
            }
            if (!isWhole) values.WriteRow(r, row);
            present.WriteRow(r, isThere);
        }
        ArrayPool<double>.Shared.Return(rented);
        return present;
    }
}
