namespace Boltzmann.Data;

/// <summary>
/// Rows of values that a batch is gathered from: bytes in memory, numbers in memory, a mapped file, or a view of other rows.
/// </summary>
public abstract class Rows
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Values per row.</summary>
    public abstract int Columns { get; }

    /// <summary>What one step of a byte is worth, where the values are bytes; null where they are other numbers.</summary>
    public virtual double? ByteStep => null;

    /// <summary>How many entries are kept one by one, where the others are alike (<see cref="SparseRows"/>); null where all are.</summary>
    public virtual long? Entries => null;

    /// <summary>The value of the entries that are not kept, 0 or NaN for absent ones; null where all are kept.</summary>
    internal virtual double? Elsewhere => null;

    /// <summary>What the reader of sparse rows found out; null of others.</summary>
    internal virtual SparseOrigin? Origin => null;

    /// <summary>How many entries of a row are kept, where there is an <see cref="Elsewhere"/>.</summary>
    internal virtual int EntriesOf(int row) => Columns;

    /// <summary>
    /// Copies the entries of a row that are kept, by rising column, where there is an <see cref="Elsewhere"/>, and returns how many they
    /// are. Both spans have room for a whole row.
    /// </summary>
    internal virtual int ReadEntries(int row, Span<int> columns, Span<double> values) =>
        throw new InvalidOperationException("these rows keep every entry");

    /// <summary>
    /// The same bytes by another step, such as that of a model's training, where the bytes themselves have settled theirs; the same rows
    /// where somebody has stated it, or where the values are other numbers.
    /// </summary>
    internal virtual Rows WithFoundStep(double step) => this;

    /// <summary>Copies some rows into a batch: row indices[i] to row i of the destination. Allocates nothing once warm.</summary>
    /// <param name="indices">Row numbers, repeats allowed.</param>
    /// <param name="destination">[number of indices × columns].</param>
    /// <exception cref="ArgumentException">An index or the shape does not fit.</exception>
    public abstract void Gather(ReadOnlySpan<int> indices, Matrix destination);

    /// <summary>Copies one row to the host, in double precision.</summary>
    /// <param name="row">Row number.</param>
    /// <param name="destination">As many values as there are columns.</param>
    /// <exception cref="ArgumentException">The row or the length does not fit.</exception>
    public abstract void Read(int row, Span<double> destination);

    /// <summary>Throws unless every index is a row and the destination has a row for each.</summary>
    protected void CheckGather(ReadOnlySpan<int> indices, Matrix destination)
    {
        if (destination.Rows != indices.Length || destination.Columns != Columns)
            throw new ArgumentException($"{indices.Length} rows of {Columns} values do not fit {destination.Shape}", nameof(destination));
        foreach (int index in indices)
            if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(indices), $"row {index} is not one of {Count}");
    }

    /// <summary>Throws unless the row exists and the span has one place per column.</summary>
    protected void CheckRead(int row, int length)
    {
        if ((uint)row >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(row), $"row {row} is not one of {Count}");
        if (length != Columns) throw new ArgumentException($"a row has {Columns} values, not {length}", nameof(length));
    }
}
