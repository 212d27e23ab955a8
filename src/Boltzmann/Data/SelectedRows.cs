using System.Buffers;

namespace Boltzmann.Data;

/// <summary>
/// Some rows of other rows in a chosen order, repeats allowed: a split, a permutation, a bootstrap sample. Copies no values.
/// </summary>
public sealed class SelectedRows : Rows
{
    readonly Rows source;
    readonly int[] indices;

    /// <summary>A view; views of views are flattened into one.</summary>
    /// <exception cref="ArgumentException">An index is not a row of the source.</exception>
    public SelectedRows(Rows source, ReadOnlySpan<int> indices)
    {
        this.indices = indices.ToArray();
        foreach (int index in this.indices)
            if ((uint)index >= (uint)source.Count)
                throw new ArgumentOutOfRangeException(nameof(indices), $"row {index} is not one of {source.Count}");
        this.source = source;
        if (source is not SelectedRows view) return;
        for (int i = 0; i < this.indices.Length; i++) this.indices[i] = view.indices[this.indices[i]];
        this.source = view.source;
    }

    /// <inheritdoc/>
    public override int Count => indices.Length;

    /// <inheritdoc/>
    public override int Columns => source.Columns;

    /// <inheritdoc/>
    public override double? ByteStep => source.ByteStep;

    /// <inheritdoc/>
    public override long? Entries => source.Entries is null ? null : indices.Sum(row => (long)source.EntriesOf(row));

    internal override double? Elsewhere => source.Elsewhere;

    internal override SparseOrigin? Origin => source.Origin;

    internal override int EntriesOf(int row) => source.EntriesOf(indices[row]);

    internal override int ReadEntries(int row, Span<int> columns, Span<double> values) => source.ReadEntries(indices[row], columns, values);

    internal override Rows WithFoundStep(double step) =>
        source.WithFoundStep(step) is var rows && ReferenceEquals(rows, source) ? this : new SelectedRows(rows, indices);

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        int[] rows = ArrayPool<int>.Shared.Rent(indices.Length);
        for (int i = 0; i < indices.Length; i++) rows[i] = this.indices[indices[i]];
        source.Gather(rows.AsSpan(0, indices.Length), destination);
        ArrayPool<int>.Shared.Return(rows);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        source.Read(indices[row], destination);
    }
}
