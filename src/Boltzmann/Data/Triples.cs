namespace Boltzmann.Data;

/// <summary>Entries in any order, brought into rows.</summary>
static class Triples
{
    /// <summary>Sparse rows; entries in the same place are added.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="rows">Row of each entry.</param>
    /// <param name="columns">Column of each entry.</param>
    /// <param name="values">Value of each entry; none for ones.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="absent">Whether other entries are absent, and 0 is a value.</param>
    public static SparseRows ToRows(string name, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int height,
        int width, bool absent = false)
    {
        var builder = new SparseBuilder(name, keepsZeros: absent, rows.Length);
        int[] order = Order(rows, height, out int[] starts);
        int[] keys = [];
        float[] entries = [];
        for (int r = 0; r < height; r++)
        {
            int first = starts[r], count = starts[r + 1] - first;
            if (keys.Length < count) (keys, entries) = (new int[2 * count], new float[2 * count]);
            for (int i = 0; i < count; i++)
                (keys[i], entries[i]) = (columns[order[first + i]], values.IsEmpty ? 1 : values[order[first + i]]);
            keys.AsSpan(0, count).Sort(entries.AsSpan(0, count));
            for (int i = 0; i < count;)
            {
                double sum = 0;
                int column = keys[i];
                for (; i < count && keys[i] == column; i++) sum += entries[i];
                if (!float.IsFinite((float)sum))
                    throw new BadInputException($"{name}: row {r + 1}, column {column + 1}: its entries add up to {sum}: too large");
                builder.Add(column, sum);
            }
            _ = builder.EndRow();
        }
        return builder.ToRows(width, absent);
    }

    /// <summary>Entries row by row, those of a row in their order (a counting sort), and where each row starts.</summary>
    public static int[] Order(ReadOnlySpan<int> rows, int height, out int[] starts)
    {
        starts = new int[height + 1];
        foreach (int row in rows) starts[row + 1]++;
        for (int r = 0; r < height; r++) starts[r + 1] += starts[r];
        var next = starts.AsSpan(0, height).ToArray();
        var order = new int[rows.Length];
        for (int e = 0; e < rows.Length; e++) order[next[rows[e]]++] = e;
        return order;
    }
}
