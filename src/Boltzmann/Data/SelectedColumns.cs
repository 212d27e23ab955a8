using System.Buffers;

namespace Boltzmann.Data;

/// <summary>Some columns of other rows in a chosen order. By way of the host, a copy of each row.</summary>
/// <param name="source">The rows.</param>
/// <param name="places">For each column, where it stands in the source.</param>
sealed class SelectedColumns(Rows source, int[] places) : Rows
{
    // Of sparse rows: for each column of the source, where it stands here, or -1.
    readonly int[]? columns = source.Elsewhere is null ? null : Inverse(places, source.Columns);

    /// <inheritdoc/>
    public override int Count => source.Count;

    /// <inheritdoc/>
    public override int Columns => places.Length;

    /// <inheritdoc/>
    public override double? ByteStep => source.ByteStep;

    /// <inheritdoc/>
    public override long? Entries => columns is null ? null : Enumerable.Range(0, Count).Sum(row => (long)EntriesOf(row));

    internal override double? Elsewhere => source.Elsewhere;

    internal override SparseOrigin? Origin => source.Origin;

    internal override int EntriesOf(int row) =>
        columns is null ? Columns : ReadEntries(row, new int[source.Columns], new double[source.Columns]);

    internal override int ReadEntries(int row, Span<int> columns, Span<double> values)
    {
        int[] found = ArrayPool<int>.Shared.Rent(source.Columns);
        double[] numbers = ArrayPool<double>.Shared.Rent(source.Columns);
        int all = source.ReadEntries(row, found, numbers), count = 0;
        for (int e = 0; e < all; e++)
        {
            if (this.columns![found[e]] is not (>= 0 and int column)) continue;
            (columns[count], values[count]) = (column, numbers[e]);
            count++;
        }
        columns[..count].Sort(values[..count]);
        ArrayPool<int>.Shared.Return(found);
        ArrayPool<double>.Shared.Return(numbers);
        return count;
    }

    internal override Rows WithFoundStep(double step) =>
        source.WithFoundStep(step) is var rows && ReferenceEquals(rows, source) ? this : new SelectedColumns(rows, places);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        if (columns is not null)
        {
            SparseEntries.Gather(this, indices, destination);
            return;
        }
        double[] whole = new double[source.Columns], row = new double[Columns];
        for (int i = 0; i < indices.Length; i++)
        {
            Read(indices[i], row, whole);
            destination.WriteRow(i, row);
        }
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        Read(row, destination, new double[source.Columns]);
    }

    void Read(int row, Span<double> destination, double[] whole)
    {
        source.Read(row, whole);
        for (int c = 0; c < destination.Length; c++) destination[c] = whole[places[c]];
    }

    static int[] Inverse(int[] places, int width)
    {
        var columns = new int[width];
        Array.Fill(columns, -1);
        for (int c = 0; c < places.Length; c++) columns[places[c]] = c;
        return columns;
    }
}
