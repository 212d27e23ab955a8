namespace Boltzmann.Compute;

/// <summary>
/// One use of randomness: the key of all random numbers that one operation consumes. Element (row r, unit u) of draw
/// (seed, stream, step) reads word r mod 4 of Philox4x32-10 with key = seed and
/// counter = (u, r div 4, step mod 2³², stream + 2654435769·(step div 2³²)), so that neither tiles, threads nor devices change a number
/// (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3").
/// </summary>
/// <param name="Seed">Key of the generator.</param>
/// <param name="Stream">Independent sequence under the same seed.</param>
/// <param name="Step">Position in the sequence.</param>
public readonly record struct Draw(ulong Seed, uint Stream, ulong Step)
{
    /// <summary>Third word of the counter.</summary>
    public uint Counter2 => (uint)Step;

    /// <summary>Fourth word of the counter.</summary>
    public uint Counter3 => unchecked(Stream + 2654435769u * (uint)(Step >> 32));
}
