namespace Boltzmann.Data;

/// <summary>
/// Entropy of the empirical distribution of rows. Equal rows are found by a 128-bit hash: a false match has probability below n²·2⁻¹²⁸.
/// </summary>
static class RowEntropy
{
    public static double Of(Rows rows, double[]? weights)
    {
        var mass = new Dictionary<UInt128, double>();
        var row = new double[rows.Columns];
        int[]? columns = rows.Elsewhere is null ? null : new int[rows.Columns];
        double total = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            UInt128 key = columns is null ? HashWhole(rows, r, row) : HashEntries(rows, r, columns, row);
            double weight = weights?[r] ?? 1;
            mass[key] = mass.GetValueOrDefault(key) + weight;
            total += weight;
        }
        double entropy = 0;
        foreach (double weight in mass.Values)
            if (weight > 0) entropy -= weight / total * Math.Log(weight / total);
        return entropy;
    }

    static UInt128 HashWhole(Rows rows, int r, double[] row)
    {
        rows.Read(r, row);
        return Hash(row);
    }

    // What is not kept is alike in all rows; so are entries that are kept though they are the same.
    static UInt128 HashEntries(Rows rows, int r, int[] columns, double[] values)
    {
        int entries = rows.ReadEntries(r, columns, values), count = 0;
        var key = new double[2 * entries];
        for (int e = 0; e < entries; e++)
        {
            if (values[e] == rows.Elsewhere) continue;
            (key[count], key[count + 1]) = (columns[e], values[e]);
            count += 2;
        }
        return Hash(key.AsSpan(0, count));
    }

    // Two multiply-xorshift lanes with the finaliser of MurmurHash3 after each value.
    static UInt128 Hash(ReadOnlySpan<double> row)
    {
        ulong a = 0x9E3779B97F4A7C15, b = 0xC2B2AE3D27D4EB4F;
        foreach (double value in row)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value);   // −0 equals 0
            a = Mix(a ^ bits) + 0x165667B19E3779F9;
            b = Mix(b + bits * 0xD6E8FEB86659FD93) ^ a;
        }
        return new(a, b);
    }

    static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return x ^ (x >> 33);
    }
}
