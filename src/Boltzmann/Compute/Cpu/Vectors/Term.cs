namespace Boltzmann.Compute.Cpu;

/// <summary>One term of a sum of products, for one tile: Σ_k A[r, k]·B[k, ·]. Distances are in bytes.</summary>
unsafe struct Term<T>
{
    /// <summary>A[0, 0] of the tile.</summary>
    public byte* A;

    /// <summary>From A[r, k] to A[r + 1, k], and to A[r, k + 1].</summary>
    public nint ARow, AStep;

    /// <summary>B[0, ·] at the first column of the first tile.</summary>
    public byte* B;

    /// <summary>From B[k, ·] to B[k + 1, ·], and from one tile to the next beside it.</summary>
    public nint BStep, BTile;

    /// <summary>Where each k's row of B begins; null when they follow one another by <see cref="BStep"/>.</summary>
    public nint* Offsets;

    /// <summary>How many k.</summary>
    public int Count;

    /// <summary>Whether what was summed before this term is multiplied by <see cref="Factor"/> first.</summary>
    public bool Rescales;

    /// <summary>See <see cref="Rescales"/>.</summary>
    public T Factor;
}
