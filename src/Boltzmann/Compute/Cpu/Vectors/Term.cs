namespace Boltzmann.Compute.Cpu;

/// <summary>A number known when code is compiled: a kernel that is generic over it comes out as if written for that number.</summary>
interface ICount
{
    static abstract int Value { get; }
}

readonly struct N1 : ICount { public static int Value => 1; }
readonly struct N2 : ICount { public static int Value => 2; }
readonly struct N3 : ICount { public static int Value => 3; }
readonly struct N4 : ICount { public static int Value => 4; }
readonly struct N5 : ICount { public static int Value => 5; }
readonly struct N6 : ICount { public static int Value => 6; }
readonly struct N7 : ICount { public static int Value => 7; }
readonly struct N8 : ICount { public static int Value => 8; }
readonly struct N9 : ICount { public static int Value => 9; }
readonly struct N10 : ICount { public static int Value => 10; }
readonly struct N11 : ICount { public static int Value => 11; }
readonly struct N12 : ICount { public static int Value => 12; }

/// <summary>One term of a sum of products, for one tile: Σ_k A[r, k]·B[k, ·]. Distances are in bytes.</summary>
unsafe struct Term<T>
{
    /// <summary>A[0, 0] of the tile.</summary>
    public byte* A;

    /// <summary>From A[r, k] to A[r + 1, k], and to A[r, k + 1].</summary>
    public nint ARow, AStep;

    /// <summary>B[0, 0], column 0 of the whole matrix.</summary>
    public byte* B;

    /// <summary>From B[k, ·] to B[k + 1, ·].</summary>
    public nint BStep;

    /// <summary>Where each k's row of B begins; null when they follow one another by <see cref="BStep"/>.</summary>
    public nint* Offsets;

    /// <summary>How many k.</summary>
    public int Count;

    /// <summary>Whether what was summed before this term is multiplied by <see cref="Factor"/> first.</summary>
    public bool Rescales;

    /// <summary>See <see cref="Rescales"/>.</summary>
    public T Factor;
}

/// <summary>What becomes of the sums of a tile, vector by vector.</summary>
unsafe interface ITileEnd<TV>
{
    /// <summary>Uses one vector of sums, whose place in the destination this is.</summary>
    void Apply(TV sums, byte* destination);

    /// <summary>Zeros again behind the last column of what was written, where a non-finite factor would have left NaN.</summary>
    void Clear(byte* row, nint rowBytes, int rows, int columns, int writtenColumns);
}
