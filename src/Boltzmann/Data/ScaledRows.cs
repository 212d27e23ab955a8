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
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        source.Gather(indices, destination);
        scaling.Transform(destination);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        source.Read(row, destination);
        scaling.Transform(destination);
    }
}
