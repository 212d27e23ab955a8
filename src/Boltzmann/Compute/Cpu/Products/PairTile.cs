using System.Numerics;
using System.Runtime.CompilerServices;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// sums[e, v] = Σ_k A[e, k]·B[v, k] for up to 12 rows of A and two of B: as <see cref="DotTile{TV, T, TO}"/>, for batches so small that
/// all of A stays in the L1 cache. B is then read once, two rows at a time, in the order in which it lies in memory.
/// </summary>
/// <remarks>cX and dX are the sums of row X of A with the first and the second row of B.</remarks>
static unsafe class PairTile<TV, T, TO> where T : unmanaged, IFloatingPointIeee754<T> where TO : ITileVec<TV, T>
{
    /// <param name="a">A[0, k₀].</param>
    /// <param name="aRow">Bytes from one row of A to the next.</param>
    /// <param name="b">B[0, k₀].</param>
    /// <param name="bRow">Bytes from the first row of B to the second; 0 where there is one.</param>
    /// <param name="count">Vectors in k.</param>
    /// <param name="sums">Two numbers for each row of A, of an even number of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TRows>(byte* a, nint aRow, byte* b, nint bRow, int count, T* sums) where TRows : struct, ICount
    {
        int rows = TRows.Value, vector = TO.Count * sizeof(T);
        TV c0 = TO.Zero, c1 = TO.Zero, c2 = TO.Zero, c3 = TO.Zero, c4 = TO.Zero, c5 = TO.Zero;
        TV c6 = TO.Zero, c7 = TO.Zero, c8 = TO.Zero, c9 = TO.Zero, c10 = TO.Zero, c11 = TO.Zero;
        TV d0 = TO.Zero, d1 = TO.Zero, d2 = TO.Zero, d3 = TO.Zero, d4 = TO.Zero, d5 = TO.Zero;
        TV d6 = TO.Zero, d7 = TO.Zero, d8 = TO.Zero, d9 = TO.Zero, d10 = TO.Zero, d11 = TO.Zero;
        nint aRow2 = 2 * aRow;
        byte* a0 = a, a3 = a0 + 3 * aRow, a6 = a3 + 3 * aRow, a9 = a6 + 3 * aRow;
        for (; count > 0; count--)
        {
            TV u = TO.Load((T*)b), v = TO.Load((T*)(b + bRow));
            if (rows > 0)
            {
                TV x = TO.Load((T*)a0);
                c0 = TO.Fma(x, u, c0);
                d0 = TO.Fma(x, v, d0);
            }
            if (rows > 1)
            {
                TV x = TO.Load((T*)(a0 + aRow));
                c1 = TO.Fma(x, u, c1);
                d1 = TO.Fma(x, v, d1);
            }
            if (rows > 2)
            {
                TV x = TO.Load((T*)(a0 + aRow2));
                c2 = TO.Fma(x, u, c2);
                d2 = TO.Fma(x, v, d2);
            }
            if (rows > 3)
            {
                TV x = TO.Load((T*)a3);
                c3 = TO.Fma(x, u, c3);
                d3 = TO.Fma(x, v, d3);
            }
            if (rows > 4)
            {
                TV x = TO.Load((T*)(a3 + aRow));
                c4 = TO.Fma(x, u, c4);
                d4 = TO.Fma(x, v, d4);
            }
            if (rows > 5)
            {
                TV x = TO.Load((T*)(a3 + aRow2));
                c5 = TO.Fma(x, u, c5);
                d5 = TO.Fma(x, v, d5);
            }
            if (rows > 6)
            {
                TV x = TO.Load((T*)a6);
                c6 = TO.Fma(x, u, c6);
                d6 = TO.Fma(x, v, d6);
            }
            if (rows > 7)
            {
                TV x = TO.Load((T*)(a6 + aRow));
                c7 = TO.Fma(x, u, c7);
                d7 = TO.Fma(x, v, d7);
            }
            if (rows > 8)
            {
                TV x = TO.Load((T*)(a6 + aRow2));
                c8 = TO.Fma(x, u, c8);
                d8 = TO.Fma(x, v, d8);
            }
            if (rows > 9)
            {
                TV x = TO.Load((T*)a9);
                c9 = TO.Fma(x, u, c9);
                d9 = TO.Fma(x, v, d9);
            }
            if (rows > 10)
            {
                TV x = TO.Load((T*)(a9 + aRow));
                c10 = TO.Fma(x, u, c10);
                d10 = TO.Fma(x, v, d10);
            }
            if (rows > 11)
            {
                TV x = TO.Load((T*)(a9 + aRow2));
                c11 = TO.Fma(x, u, c11);
                d11 = TO.Fma(x, v, d11);
            }
            a0 += vector;
            a3 += vector;
            a6 += vector;
            a9 += vector;
            b += vector;
        }
        TO.Sum4(c0, d0, c1, d1, sums);
        if (rows > 2) TO.Sum4(c2, d2, c3, d3, sums + 4);
        if (rows > 4) TO.Sum4(c4, d4, c5, d5, sums + 8);
        if (rows > 6) TO.Sum4(c6, d6, c7, d7, sums + 12);
        if (rows > 8) TO.Sum4(c8, d8, c9, d9, sums + 16);
        if (rows > 10) TO.Sum4(c10, d10, c11, d11, sums + 20);
    }

    /// <summary>Picks the tile for 1 to 12 rows of A.</summary>
    public static void Run(int rows, byte* a, nint aRow, byte* b, nint bRow, int count, T* sums)
    {
        switch (rows)
        {
            case 1: Run<N1>(a, aRow, b, bRow, count, sums); break;
            case 2: Run<N2>(a, aRow, b, bRow, count, sums); break;
            case 3: Run<N3>(a, aRow, b, bRow, count, sums); break;
            case 4: Run<N4>(a, aRow, b, bRow, count, sums); break;
            case 5: Run<N5>(a, aRow, b, bRow, count, sums); break;
            case 6: Run<N6>(a, aRow, b, bRow, count, sums); break;
            case 7: Run<N7>(a, aRow, b, bRow, count, sums); break;
            case 8: Run<N8>(a, aRow, b, bRow, count, sums); break;
            case 9: Run<N9>(a, aRow, b, bRow, count, sums); break;
            case 10: Run<N10>(a, aRow, b, bRow, count, sums); break;
            case 11: Run<N11>(a, aRow, b, bRow, count, sums); break;
            case 12: Run<N12>(a, aRow, b, bRow, count, sums); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), $"a tile has 1 to 12 rows, not {rows}");
        }
    }
}
