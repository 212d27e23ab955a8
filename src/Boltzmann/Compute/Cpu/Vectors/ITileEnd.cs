namespace Boltzmann.Compute.Cpu;

/// <summary>What becomes of the sums of a tile, vector by vector.</summary>
unsafe interface ITileEnd<TV>
{
    /// <summary>
    /// Whether sums are first stored beside each other and this end goes over them afterwards, row by row. An end of few constants and
    /// operations is inlined into the tile, once for each of its up to 24 sums; a longer one would push them all out of the registers.
    /// </summary>
    static abstract bool IsDeferred { get; }

    /// <summary>Uses one vector of sums, whose place in the destination this is.</summary>
    void Apply(TV sums, byte* destination);

    /// <summary>Zeros again behind the last column of what was written, where a non-finite factor would have left NaN.</summary>
    void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns);
}
