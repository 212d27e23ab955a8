using System.Numerics;
using System.Runtime.CompilerServices;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// C[r, ·] = Σ_terms Σ_k A[r, k]·B[k, ·] for tiles of up to 12 rows × 2 vectors, or 6 × 4, that stay in registers: a splat of one entry
/// of A meets 2 or 4 vectors of B. 24 sums leave 8 of 32 registers; machines with 16 registers use at most 12 sums.
/// Each sum is one chain of fused multiply-adds in order of k, so it does not depend on the tile's shape.
/// </summary>
/// <remarks>
/// cX and dX are two adjacent vectors of row X; with four vectors a row, the other two of row X are c(X+6) and d(X+6).
/// Compiled fully at the first call: in tier 0 the sums would live in memory, at a fiftieth of the speed. Such methods are not inlined, so
/// a call does several tiles side by side.
/// </remarks>
static unsafe class OuterTile<TV, T, TO> where T : unmanaged, IFloatingPointIeee754<T> where TO : ITileVec<TV, T>
{
    /// <param name="terms">The terms, whose B is that of the first tile.</param>
    /// <param name="count">Number of terms.</param>
    /// <param name="tiles">Tiles side by side.</param>
    /// <param name="destination">C[0, 0] of the first tile.</param>
    /// <param name="rowBytes">From one row of C to the next.</param>
    /// <param name="resumes">Whether the sums go on from what C holds.</param>
    /// <param name="settings">What to do with the sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TRows, TVectors, TEnd>(
        Term<T>* terms, int count, int tiles, byte* destination, nint rowBytes, bool resumes, ref readonly TEnd settings)
        where TRows : struct, ICount where TVectors : struct, ICount where TEnd : struct, ITileEnd<TV>
    {
        int rows = TRows.Value, vectors = TVectors.Value, vector = TO.Count * sizeof(T);
        for (nint tile = 0; tile < tiles; tile++, destination += vectors * vector)
        {
            TV c0 = TO.Zero, c1 = TO.Zero, c2 = TO.Zero, c3 = TO.Zero, c4 = TO.Zero, c5 = TO.Zero;
            TV c6 = TO.Zero, c7 = TO.Zero, c8 = TO.Zero, c9 = TO.Zero, c10 = TO.Zero, c11 = TO.Zero;
            TV d0 = TO.Zero, d1 = TO.Zero, d2 = TO.Zero, d3 = TO.Zero, d4 = TO.Zero, d5 = TO.Zero;
            TV d6 = TO.Zero, d7 = TO.Zero, d8 = TO.Zero, d9 = TO.Zero, d10 = TO.Zero, d11 = TO.Zero;
            if (resumes)
            {
                byte* row = destination;
                if (rows > 0)
                {
                    c0 = TO.Load((T*)row);
                    if (vectors > 1) d0 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c6, d6) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 1)
                {
                    row += rowBytes;
                    c1 = TO.Load((T*)row);
                    if (vectors > 1) d1 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c7, d7) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 2)
                {
                    row += rowBytes;
                    c2 = TO.Load((T*)row);
                    if (vectors > 1) d2 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c8, d8) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 3)
                {
                    row += rowBytes;
                    c3 = TO.Load((T*)row);
                    if (vectors > 1) d3 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c9, d9) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 4)
                {
                    row += rowBytes;
                    c4 = TO.Load((T*)row);
                    if (vectors > 1) d4 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c10, d10) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 5)
                {
                    row += rowBytes;
                    c5 = TO.Load((T*)row);
                    if (vectors > 1) d5 = TO.Load((T*)(row + vector));
                    if (vectors > 2) (c11, d11) = (TO.Load((T*)(row + 2 * vector)), TO.Load((T*)(row + 3 * vector)));
                }
                if (rows > 6)
                {
                    row += rowBytes;
                    c6 = TO.Load((T*)row);
                    if (vectors > 1) d6 = TO.Load((T*)(row + vector));
                }
                if (rows > 7)
                {
                    row += rowBytes;
                    c7 = TO.Load((T*)row);
                    if (vectors > 1) d7 = TO.Load((T*)(row + vector));
                }
                if (rows > 8)
                {
                    row += rowBytes;
                    c8 = TO.Load((T*)row);
                    if (vectors > 1) d8 = TO.Load((T*)(row + vector));
                }
                if (rows > 9)
                {
                    row += rowBytes;
                    c9 = TO.Load((T*)row);
                    if (vectors > 1) d9 = TO.Load((T*)(row + vector));
                }
                if (rows > 10)
                {
                    row += rowBytes;
                    c10 = TO.Load((T*)row);
                    if (vectors > 1) d10 = TO.Load((T*)(row + vector));
                }
                if (rows > 11)
                {
                    row += rowBytes;
                    c11 = TO.Load((T*)row);
                    if (vectors > 1) d11 = TO.Load((T*)(row + vector));
                }
            }
            for (Term<T>* term = terms; term < terms + count; term++)
            {
                if (term->Rescales)
                {
                    TV x = TO.Splat(term->Factor);
                    if (rows > 0)
                    {
                        c0 = TO.Multiply(c0, x);
                        if (vectors > 1) d0 = TO.Multiply(d0, x);
                        if (vectors > 2) (c6, d6) = (TO.Multiply(c6, x), TO.Multiply(d6, x));
                    }
                    if (rows > 1)
                    {
                        c1 = TO.Multiply(c1, x);
                        if (vectors > 1) d1 = TO.Multiply(d1, x);
                        if (vectors > 2) (c7, d7) = (TO.Multiply(c7, x), TO.Multiply(d7, x));
                    }
                    if (rows > 2)
                    {
                        c2 = TO.Multiply(c2, x);
                        if (vectors > 1) d2 = TO.Multiply(d2, x);
                        if (vectors > 2) (c8, d8) = (TO.Multiply(c8, x), TO.Multiply(d8, x));
                    }
                    if (rows > 3)
                    {
                        c3 = TO.Multiply(c3, x);
                        if (vectors > 1) d3 = TO.Multiply(d3, x);
                        if (vectors > 2) (c9, d9) = (TO.Multiply(c9, x), TO.Multiply(d9, x));
                    }
                    if (rows > 4)
                    {
                        c4 = TO.Multiply(c4, x);
                        if (vectors > 1) d4 = TO.Multiply(d4, x);
                        if (vectors > 2) (c10, d10) = (TO.Multiply(c10, x), TO.Multiply(d10, x));
                    }
                    if (rows > 5)
                    {
                        c5 = TO.Multiply(c5, x);
                        if (vectors > 1) d5 = TO.Multiply(d5, x);
                        if (vectors > 2) (c11, d11) = (TO.Multiply(c11, x), TO.Multiply(d11, x));
                    }
                    if (rows > 6)
                    {
                        c6 = TO.Multiply(c6, x);
                        if (vectors > 1) d6 = TO.Multiply(d6, x);
                    }
                    if (rows > 7)
                    {
                        c7 = TO.Multiply(c7, x);
                        if (vectors > 1) d7 = TO.Multiply(d7, x);
                    }
                    if (rows > 8)
                    {
                        c8 = TO.Multiply(c8, x);
                        if (vectors > 1) d8 = TO.Multiply(d8, x);
                    }
                    if (rows > 9)
                    {
                        c9 = TO.Multiply(c9, x);
                        if (vectors > 1) d9 = TO.Multiply(d9, x);
                    }
                    if (rows > 10)
                    {
                        c10 = TO.Multiply(c10, x);
                        if (vectors > 1) d10 = TO.Multiply(d10, x);
                    }
                    if (rows > 11)
                    {
                        c11 = TO.Multiply(c11, x);
                        if (vectors > 1) d11 = TO.Multiply(d11, x);
                    }
                }
                nint down = term->ARow, down2 = 2 * down, step = term->AStep, bStep = term->BStep;
                byte* a0 = term->A, a3 = a0 + 3 * down, a6 = a3 + 3 * down, a9 = a6 + 3 * down, b = term->B + tile * term->BTile, b0 = b;
                nint* offsets = term->Offsets;
                for (int k = term->Count; k > 0; k--)
                {
                    if (offsets != null) b = b0 + *offsets++;
                    TV u = TO.Load((T*)b), v = vectors > 1 ? TO.Load((T*)(b + vector)) : TO.Zero;
                    TV w = vectors > 2 ? TO.Load((T*)(b + 2 * vector)) : TO.Zero, z = vectors > 2 ? TO.Load((T*)(b + 3 * vector)) : TO.Zero;
                    if (rows > 0)
                    {
                        TV x = TO.Splat(*(T*)a0);
                        c0 = TO.Fma(x, u, c0);
                        if (vectors > 1) d0 = TO.Fma(x, v, d0);
                        if (vectors > 2) c6 = TO.Fma(x, w, c6);
                        if (vectors > 2) d6 = TO.Fma(x, z, d6);
                    }
                    if (rows > 1)
                    {
                        TV x = TO.Splat(*(T*)(a0 + down));
                        c1 = TO.Fma(x, u, c1);
                        if (vectors > 1) d1 = TO.Fma(x, v, d1);
                        if (vectors > 2) c7 = TO.Fma(x, w, c7);
                        if (vectors > 2) d7 = TO.Fma(x, z, d7);
                    }
                    if (rows > 2)
                    {
                        TV x = TO.Splat(*(T*)(a0 + down2));
                        c2 = TO.Fma(x, u, c2);
                        if (vectors > 1) d2 = TO.Fma(x, v, d2);
                        if (vectors > 2) c8 = TO.Fma(x, w, c8);
                        if (vectors > 2) d8 = TO.Fma(x, z, d8);
                    }
                    if (rows > 3)
                    {
                        TV x = TO.Splat(*(T*)a3);
                        c3 = TO.Fma(x, u, c3);
                        if (vectors > 1) d3 = TO.Fma(x, v, d3);
                        if (vectors > 2) c9 = TO.Fma(x, w, c9);
                        if (vectors > 2) d9 = TO.Fma(x, z, d9);
                    }
                    if (rows > 4)
                    {
                        TV x = TO.Splat(*(T*)(a3 + down));
                        c4 = TO.Fma(x, u, c4);
                        if (vectors > 1) d4 = TO.Fma(x, v, d4);
                        if (vectors > 2) c10 = TO.Fma(x, w, c10);
                        if (vectors > 2) d10 = TO.Fma(x, z, d10);
                    }
                    if (rows > 5)
                    {
                        TV x = TO.Splat(*(T*)(a3 + down2));
                        c5 = TO.Fma(x, u, c5);
                        if (vectors > 1) d5 = TO.Fma(x, v, d5);
                        if (vectors > 2) c11 = TO.Fma(x, w, c11);
                        if (vectors > 2) d11 = TO.Fma(x, z, d11);
                    }
                    if (rows > 6)
                    {
                        TV x = TO.Splat(*(T*)a6);
                        c6 = TO.Fma(x, u, c6);
                        if (vectors > 1) d6 = TO.Fma(x, v, d6);
                    }
                    if (rows > 7)
                    {
                        TV x = TO.Splat(*(T*)(a6 + down));
                        c7 = TO.Fma(x, u, c7);
                        if (vectors > 1) d7 = TO.Fma(x, v, d7);
                    }
                    if (rows > 8)
                    {
                        TV x = TO.Splat(*(T*)(a6 + down2));
                        c8 = TO.Fma(x, u, c8);
                        if (vectors > 1) d8 = TO.Fma(x, v, d8);
                    }
                    if (rows > 9)
                    {
                        TV x = TO.Splat(*(T*)a9);
                        c9 = TO.Fma(x, u, c9);
                        if (vectors > 1) d9 = TO.Fma(x, v, d9);
                    }
                    if (rows > 10)
                    {
                        TV x = TO.Splat(*(T*)(a9 + down));
                        c10 = TO.Fma(x, u, c10);
                        if (vectors > 1) d10 = TO.Fma(x, v, d10);
                    }
                    if (rows > 11)
                    {
                        TV x = TO.Splat(*(T*)(a9 + down2));
                        c11 = TO.Fma(x, u, c11);
                        if (vectors > 1) d11 = TO.Fma(x, v, d11);
                    }
                    b += bStep;
                    a0 += step;
                    a3 += step;
                    a6 += step;
                    a9 += step;
                }
            }
            byte* target = destination;
            TEnd last = settings;            // a copy, whose fields the compiler keeps in registers
            if (rows > 0)
            {
                last.Apply(c0, target);
                if (vectors > 1) last.Apply(d0, target + vector);
                if (vectors > 2) last.Apply(c6, target + 2 * vector);
                if (vectors > 2) last.Apply(d6, target + 3 * vector);
            }
            if (rows > 1)
            {
                target += rowBytes;
                last.Apply(c1, target);
                if (vectors > 1) last.Apply(d1, target + vector);
                if (vectors > 2) last.Apply(c7, target + 2 * vector);
                if (vectors > 2) last.Apply(d7, target + 3 * vector);
            }
            if (rows > 2)
            {
                target += rowBytes;
                last.Apply(c2, target);
                if (vectors > 1) last.Apply(d2, target + vector);
                if (vectors > 2) last.Apply(c8, target + 2 * vector);
                if (vectors > 2) last.Apply(d8, target + 3 * vector);
            }
            if (rows > 3)
            {
                target += rowBytes;
                last.Apply(c3, target);
                if (vectors > 1) last.Apply(d3, target + vector);
                if (vectors > 2) last.Apply(c9, target + 2 * vector);
                if (vectors > 2) last.Apply(d9, target + 3 * vector);
            }
            if (rows > 4)
            {
                target += rowBytes;
                last.Apply(c4, target);
                if (vectors > 1) last.Apply(d4, target + vector);
                if (vectors > 2) last.Apply(c10, target + 2 * vector);
                if (vectors > 2) last.Apply(d10, target + 3 * vector);
            }
            if (rows > 5)
            {
                target += rowBytes;
                last.Apply(c5, target);
                if (vectors > 1) last.Apply(d5, target + vector);
                if (vectors > 2) last.Apply(c11, target + 2 * vector);
                if (vectors > 2) last.Apply(d11, target + 3 * vector);
            }
            if (rows > 6)
            {
                target += rowBytes;
                last.Apply(c6, target);
                if (vectors > 1) last.Apply(d6, target + vector);
            }
            if (rows > 7)
            {
                target += rowBytes;
                last.Apply(c7, target);
                if (vectors > 1) last.Apply(d7, target + vector);
            }
            if (rows > 8)
            {
                target += rowBytes;
                last.Apply(c8, target);
                if (vectors > 1) last.Apply(d8, target + vector);
            }
            if (rows > 9)
            {
                target += rowBytes;
                last.Apply(c9, target);
                if (vectors > 1) last.Apply(d9, target + vector);
            }
            if (rows > 10)
            {
                target += rowBytes;
                last.Apply(c10, target);
                if (vectors > 1) last.Apply(d10, target + vector);
            }
            if (rows > 11)
            {
                target += rowBytes;
                last.Apply(c11, target);
                if (vectors > 1) last.Apply(d11, target + vector);
            }
        }
    }

    /// <summary>Tiles side by side, of a number of rows, 1 to 12 (6 with four vectors), and of vectors, 1, 2 or 4.</summary>
    public static void Run<TEnd>(int rows, int vectors, Term<T>* terms, int count, int tiles, byte* destination, nint rowBytes,
        bool resumes, ref readonly TEnd end)
        where TEnd : struct, ITileEnd<TV>
    {
        if (vectors == 1) Run<N1, TEnd>(rows, terms, count, tiles, destination, rowBytes, resumes, in end);
        else if (vectors == 2) Run<N2, TEnd>(rows, terms, count, tiles, destination, rowBytes, resumes, in end);
        else Run<N4, TEnd>(rows, terms, count, tiles, destination, rowBytes, resumes, in end);
    }

    static void Run<TVectors, TEnd>(int rows, Term<T>* terms, int count, int tiles, byte* destination, nint rowBytes, bool resumes,
        ref readonly TEnd end)
        where TVectors : struct, ICount where TEnd : struct, ITileEnd<TV>
    {
        switch (rows)
        {
            case 1: Run<N1, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 2: Run<N2, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 3: Run<N3, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 4: Run<N4, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 5: Run<N5, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 6: Run<N6, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 7: Run<N7, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 8: Run<N8, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 9: Run<N9, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 10: Run<N10, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 11: Run<N11, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            case 12: Run<N12, TVectors, TEnd>(terms, count, tiles, destination, rowBytes, resumes, in end); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), $"a tile has 1 to 12 rows, not {rows}");
        }
    }
}
