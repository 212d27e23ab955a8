namespace Boltzmann.Data;

/// <summary>Collects the entries of sparse rows, row after row.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="keepsZeros">Whether 0 is a value like any other, as where entries that are not there are absent.</param>
/// <param name="capacity">Entries to have room for.</param>
sealed class SparseBuilder(string name, bool keepsZeros = false, int capacity = 256)
{
    /// <summary>Columns of sparse rows, at most: statistics have a few numbers for each, whether or not it has an entry.</summary>
    public const int MostColumns = 1 << 22;

    readonly List<int> starts = [0];
    int[] columns = new int[capacity];
    float[] values = new float[capacity];
    int count;

    /// <summary>Rows that have ended.</summary>
    public int Rows => starts.Count - 1;

    /// <summary>An entry of the row that has not ended. Finite in single precision, unless the reader has said so already.</summary>
    public void Add(int column, double value)
    {
        if (value == 0 && !keepsZeros) return;
        if (count == columns.Length) Grow();
        (columns[count], values[count]) = (column, (float)value);
        count++;
    }

    /// <summary>Ends a row and orders its entries; returns a column that is there twice, or null.</summary>
    public int? EndRow()
    {
        int first = starts[^1];
        bool rises = true;
        for (int e = first + 1; e < count && rises; e++) rises = columns[e] > columns[e - 1];
        starts.Add(count);
        if (rises) return null;
        columns.AsSpan(first, count - first).Sort(values.AsSpan(first, count - first));
        for (int e = first + 1; e < count; e++)
            if (columns[e] == columns[e - 1]) return columns[e];
        return null;
    }

    /// <summary>The rows.</summary>
    /// <param name="width">Their columns; entries beyond, which the caller has agreed to pass over, are left out.</param>
    /// <param name="absent">Whether other entries are absent; they are 0 otherwise.</param>
    /// <param name="firstIndex">What the first column is called in the entries.</param>
    /// <param name="origin">What the reader found out.</param>
    /// <exception cref="BadInputException">There are too many columns.</exception>
    public SparseRows ToRows(int width, bool absent = false, int firstIndex = 0, SparseOrigin? origin = null)
    {
        if (width > MostColumns)
            throw new BadInputException($"{name}: has {width:N0} columns: expected at most {MostColumns:N0}");
        var kept = new int[starts.Count];
        int at = 0;
        bool areOnes = true;
        for (int r = 0; r < Rows; r++)
        {
            for (int e = starts[r]; e < starts[r + 1]; e++)
            {
                int column = columns[e] - firstIndex;
                if (column >= width) continue;
                areOnes &= values[e] == 1;
                (columns[at], values[at]) = (column, values[e]);
                at++;
            }
            kept[r + 1] = at;
        }
        Array.Resize(ref columns, at);
        if (!areOnes) Array.Resize(ref values, at);
        return new(kept, columns, areOnes ? null : values, width, absent)
        {
            StatedOrigin = origin,
        };
    }

    void Grow()
    {
        if (count == Array.MaxLength)
            throw new BadInputException($"{name}: has more than {Array.MaxLength} entries, which do not fit into memory");
        int more = (int)Math.Min(Array.MaxLength, Math.Max(256, 2L * count));
        Array.Resize(ref columns, more);
        Array.Resize(ref values, more);
    }
}
