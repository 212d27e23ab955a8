namespace Boltzmann.Data;

/// <summary>Other rows, standardised or brought to a range as a batch is gathered, so that what lies beneath may stay bytes.</summary>
/// <param name="source">The rows in their own units.</param>
/// <param name="scaling">What brings them to the model's.</param>
public sealed class ScaledRows(Rows source, Scaling scaling) : Rows
{
    /// <inheritdoc/>
    public override int Count => source.Count;

    /// <inheritdoc/>
    public override int Columns => source.Columns;

    /// <inheritdoc/>
    public override long? Entries => Elsewhere is null ? null : source.Entries;

    // What is absent stays so, and zeros do where no column is shifted.
    internal override double? Elsewhere { get; } =
        scaling.TakesEntries && (source.Elsewhere is not 0 || scaling.KeepsZero) ? source.Elsewhere : null;

    internal override SparseOrigin? Origin => source.Origin;

    internal override int EntriesOf(int row) => source.EntriesOf(row);

    internal override int ReadEntries(int row, Span<int> columns, Span<double> values)
    {
        int count = source.ReadEntries(row, columns, values);
        scaling.TransformEntries(columns[..count], values[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination) => scaling.Gather(source, indices, destination);

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        source.Read(row, destination);
        scaling.Transform(destination);
    }
}
