namespace Boltzmann.Models;

/// <summary>Other rows as 1 where a value is above a level, and 0 elsewhere.</summary>
/// <param name="source">The rows.</param>
/// <param name="level">The level, finite.</param>
public sealed class ThresholdRows(Rows source, double level = 0.5) : Rows
{
    readonly Binarization threshold = Binarization.Threshold(level);
    readonly Rng unused = new(0);

    /// <inheritdoc/>
    public override int Count => source.Count;

    /// <inheritdoc/>
    public override int Columns => source.Columns;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        source.Gather(indices, destination);
        threshold.Apply(destination, unused, destination);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        source.Read(row, destination);
        foreach (ref double x in destination) x = x > level ? 1 : 0;
    }
}
