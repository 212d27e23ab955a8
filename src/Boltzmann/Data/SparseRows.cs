namespace Boltzmann.Data;

/// <summary>
/// Rows most of whose entries are alike, 0 or absent, so that the others alone are kept, by column and value (compressed sparse rows):
/// text, ratings, fingerprints, large one-hot data. Memory follows the entries, 4 or 8 bytes each; a batch that is gathered is dense.
/// </summary>
public sealed class SparseRows : Rows
{
    readonly int[] starts, columns;
    readonly float[]? values;

    /// <summary>Rows over arrays that are kept, not copied.</summary>
    /// <param name="starts">[count + 1]: entries starts[r] to starts[r + 1] − 1 are those of row r.</param>
    /// <param name="columns">The column of each entry, from 0, rising within a row.</param>
    /// <param name="values">The value of each entry, finite; null where all are 1.</param>
    /// <param name="width">Values per row, at least 1.</param>
    /// <param name="absent">Whether entries that are not kept are absent (NaN), as films that a person never rated; they are 0
    /// otherwise, as words that a document does not have.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together, a row's columns do not rise or are outside 0..width − 1, or a
    /// value is not finite.</exception>
    public SparseRows(int[] starts, int[] columns, float[]? values, int width, bool absent = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != columns.Length)
            throw new ArgumentException($"the starts of rows do not go from 0 to the {columns.Length} entries", nameof(starts));
        if (values is not null && values.Length != columns.Length)
            throw new ArgumentException($"{values.Length} values for {columns.Length} entries", nameof(values));
        if (values is not null && Array.FindIndex(values, x => !float.IsFinite(x)) is >= 0 and int bad)
            throw new ArgumentException($"the value of entry {bad} is {values[bad]}", nameof(values));
        for (int r = 0; r < starts.Length - 1; r++)
        {
            if (starts[r + 1] < starts[r]) throw new ArgumentException($"row {r} ends before it starts", nameof(starts));
            for (int e = starts[r]; e < starts[r + 1]; e++)
                if ((uint)columns[e] >= (uint)width || (e > starts[r] && columns[e] <= columns[e - 1]))
                    throw new ArgumentException($"the columns of row {r} do not rise within 0..{width - 1}", nameof(columns));
        }
        this.starts = starts;
        this.columns = columns;
        this.values = values;
        Columns = width;
        Elsewhere = absent ? double.NaN : 0;
    }

    /// <summary>The entries of other rows that are not 0; where 0 is a value like any other, those that are not NaN.</summary>
    /// <param name="rows">Read a row at a time.</param>
    /// <param name="absent">Whether NaN entries are those that are left out.</param>
    /// <exception cref="ArgumentException">A value that is kept is not finite in single precision.</exception>
    public static SparseRows Of(Rows rows, bool absent = false)
    {
        var builder = new SparseBuilder("the rows", keepsZeros: absent);
        var row = new double[rows.Columns];
        for (int r = 0; r < rows.Count; r++)
        {
            rows.Read(r, row);
            for (int c = 0; c < row.Length; c++)
                if (absent ? !double.IsNaN(row[c]) : row[c] != 0) builder.Add(c, row[c]);
            _ = builder.EndRow();
        }
        return builder.ToRows(rows.Columns, absent);
    }

    /// <inheritdoc/>
    public override int Count => starts.Length - 1;

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override long? Entries => columns.Length;

    internal override double? Elsewhere { get; }

    internal override SparseOrigin? Origin => StatedOrigin;

    /// <summary>What their reader says of them.</summary>
    internal SparseOrigin? StatedOrigin { get; init; }

    internal override int EntriesOf(int row) => starts[row + 1] - starts[row];

    internal override int ReadEntries(int row, Span<int> columns, Span<double> values)
    {
        int first = starts[row], count = starts[row + 1] - first;
        this.columns.AsSpan(first, count).CopyTo(columns);
        if (this.values is null) values[..count].Fill(1);
        else
            for (int i = 0; i < count; i++) values[i] = this.values[first + i];
        return count;
    }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        SparseEntries.Gather(this, indices, destination);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        destination.Fill(Elsewhere!.Value);
        for (int e = starts[row]; e < starts[row + 1]; e++) destination[columns[e]] = values is null ? 1 : values[e];
    }
}
