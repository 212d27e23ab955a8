namespace Boltzmann;

/// <summary>Rows of values that a batch is gathered from: bytes in memory, bytes in a mapped file, or numbers.</summary>
public abstract class Rows
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Values per row.</summary>
    public abstract int Columns { get; }

    /// <summary>Copies some rows into a batch: row indices[i] to row i of the destination.</summary>
    /// <param name="indices">Row numbers, repeats allowed.</param>
    /// <param name="destination">[number of indices × columns].</param>
    /// <exception cref="ArgumentException">An index or the shape does not fit.</exception>
    public abstract void Gather(ReadOnlySpan<int> indices, Matrix destination);
}
