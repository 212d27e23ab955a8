using System.Numerics;
using System.Runtime.CompilerServices;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// sums[e, v] = Σ_k A[e, k]·B[v, k] for up to 3 rows of A and 8 (with 16 registers 4) of B, both contiguous in k: vectors of partial sums
/// over k stay in registers, and are folded to numbers by interleaving at the end.
/// </summary>
static unsafe class DotTile<TV, T, TO> where T : unmanaged, IFloatingPointIeee754<T> where TO : ITileVec<TV, T>
{
    /// <param name="a">A[0, k₀].</param>
    /// <param name="aRow">Bytes from one row of A to the next.</param>
    /// <param name="b">B[0, k₀].</param>
    /// <param name="bRow">Bytes from one row of B to the next.</param>
    /// <param name="bRows">Rows of B that exist, 1 to 8; the sums of others are those of the last.</param>
    /// <param name="count">Vectors in k.</param>
    /// <param name="sums">3 × 8 numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TRows, TOutputs>(byte* a, nint aRow, byte* b, nint bRow, int bRows, int count, T* sums)
        where TRows : struct, ICount where TOutputs : struct, ICount
    {
        int rows = TRows.Value, outputs = TOutputs.Value, vector = TO.Count * sizeof(T);
        TV c0 = TO.Zero, c1 = TO.Zero, c2 = TO.Zero, c3 = TO.Zero, c4 = TO.Zero, c5 = TO.Zero, c6 = TO.Zero, c7 = TO.Zero;
        TV d0 = TO.Zero, d1 = TO.Zero, d2 = TO.Zero, d3 = TO.Zero, d4 = TO.Zero, d5 = TO.Zero, d6 = TO.Zero, d7 = TO.Zero;
        TV e0 = TO.Zero, e1 = TO.Zero, e2 = TO.Zero, e3 = TO.Zero, e4 = TO.Zero, e5 = TO.Zero, e6 = TO.Zero, e7 = TO.Zero;
        byte* b0 = b, b1 = bRows > 1 ? b0 + bRow : b0, b2 = bRows > 2 ? b1 + bRow : b1, b3 = bRows > 3 ? b2 + bRow : b2;
        byte* b4 = bRows > 4 ? b3 + bRow
            : b3, b5 = bRows > 5 ? b4 + bRow : b4, b6 = bRows > 6 ? b5 + bRow : b5, b7 = bRows > 7 ? b6 + bRow : b6;
        byte* a1 = a + aRow, a2 = a1 + aRow;
        nint end = (nint)count * vector;
        for (nint k = 0; k < end; k += vector)
        {
            TV x = TO.Load((T*)(a + k)), y = rows > 1 ? TO.Load((T*)(a1 + k)) : TO.Zero, z = rows > 2 ? TO.Load((T*)(a2 + k)) : TO.Zero;
            {
                TV w = TO.Load((T*)(b0 + k)); c0 = TO.Fma(x, w, c0); if (rows > 1) d0 = TO.Fma(y, w, d0); if (rows > 2) e0 = TO.Fma(z, w,
                e0);
            }
            {
                TV w = TO.Load((T*)(b1 + k)); c1 = TO.Fma(x, w, c1); if (rows > 1) d1 = TO.Fma(y, w, d1); if (rows > 2) e1 = TO.Fma(z, w,
                e1);
            }
            {
                TV w = TO.Load((T*)(b2 + k)); c2 = TO.Fma(x, w, c2); if (rows > 1) d2 = TO.Fma(y, w, d2); if (rows > 2) e2 = TO.Fma(z, w,
                e2);
            }
            {
                TV w = TO.Load((T*)(b3 + k)); c3 = TO.Fma(x, w, c3); if (rows > 1) d3 = TO.Fma(y, w, d3); if (rows > 2) e3 = TO.Fma(z, w,
                e3);
            }
            if (outputs > 4)
            {
                TV w = TO.Load((T*)(b4 + k)); c4 = TO.Fma(x, w, c4); if (rows > 1) d4 = TO.Fma(y, w,
                d4); if (rows > 2) e4 = TO.Fma(z, w, e4);
            }
            if (outputs > 5)
            {
                TV w = TO.Load((T*)(b5 + k)); c5 = TO.Fma(x, w, c5); if (rows > 1) d5 = TO.Fma(y, w,
                d5); if (rows > 2) e5 = TO.Fma(z, w, e5);
            }
            if (outputs > 6)
            {
                TV w = TO.Load((T*)(b6 + k)); c6 = TO.Fma(x, w, c6); if (rows > 1) d6 = TO.Fma(y, w,
                d6); if (rows > 2) e6 = TO.Fma(z, w, e6);
            }
            if (outputs > 7)
            {
                TV w = TO.Load((T*)(b7 + k)); c7 = TO.Fma(x, w, c7); if (rows > 1) d7 = TO.Fma(y, w,
                d7); if (rows > 2) e7 = TO.Fma(z, w, e7);
            }
        }
        TO.Sum4(c0, c1, c2, c3, sums);
        if (outputs > 4) TO.Sum4(c4, c5, c6, c7, sums + 4);
        if (rows > 1) TO.Sum4(d0, d1, d2, d3, sums + 8);
        if (rows > 1 && outputs > 4) TO.Sum4(d4, d5, d6, d7, sums + 12);
        if (rows > 2) TO.Sum4(e0, e1, e2, e3, sums + 16);
        if (rows > 2 && outputs > 4) TO.Sum4(e4, e5, e6, e7, sums + 20);
    }

    /// <summary>Picks the tile for 1 to 3 rows of A.</summary>
    public static void Run<TOutputs>(int rows, byte* a, nint aRow, byte* b, nint bRow, int bRows, int count,
        T* sums) where TOutputs : struct, ICount
    {
        if (rows == 1) Run<N1, TOutputs>(a, aRow, b, bRow, bRows, count, sums);
        else if (rows == 2) Run<N2, TOutputs>(a, aRow, b, bRow, bRows, count, sums);
        else Run<N3, TOutputs>(a, aRow, b, bRow, bRows, count, sums);
    }
}
