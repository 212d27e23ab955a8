namespace Boltzmann.Compute.Cpu;

/// <summary>What becomes of the sums of a tile, vector by vector.</summary>
unsafe interface ITileEnd<TV>
{
    /// <summary>Uses one vector of sums, whose place in the destination this is.</summary>
    void Apply(TV sums, byte* destination);

    /// <summary>Zeros again behind the last column of what was written, where a non-finite factor would have left NaN.</summary>
    void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns);
}
