using System.Numerics;
using System.Runtime.CompilerServices;
using static Boltzmann.Compute.Cpu.Counts;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// C[r, ·] += Σ_entries value·B[entry, ·] for one row after another: at most 8 vectors of C in registers while the row's entries pass.
/// </summary>
static unsafe class ListedTile<TV, T, TO> where T : unmanaged, IFloatingPointIeee754<T> where TO : ITileVec<TV, T>
{
    /// <param name="bounds">For each row, its first entry and the one after its last.</param>
    /// <param name="boundsStep">From the bounds of one row to those of the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="b">What the entries' offsets start from.</param>
    /// <param name="destination">C[0, ·].</param>
    /// <param name="rowBytes">From one row of C to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Run<TVectors>(Entry<T>** bounds, nint boundsStep, int rows, byte* b, byte* destination,
        nint rowBytes) where TVectors : struct, ICount
    {
        int vectors = TVectors.Value, vector = TO.Count * sizeof(T);
        for (int r = 0; r < rows; r++, bounds += boundsStep, destination += rowBytes)
        {
            byte* c = destination;
            TV c0 = TO.Load((T*)c), c1 = vectors > 1 ? TO.Load((T*)(c + vector)) : TO.Zero;
            TV c2 = vectors > 2 ? TO.Load((T*)(c + 2 * vector)) : TO.Zero, c3 = vectors > 3 ? TO.Load((T*)(c + 3 * vector)) : TO.Zero;
            TV c4 = vectors > 4 ? TO.Load((T*)(c + 4 * vector)) : TO.Zero, c5 = vectors > 5 ? TO.Load((T*)(c + 5 * vector)) : TO.Zero;
            TV c6 = vectors > 6 ? TO.Load((T*)(c + 6 * vector)) : TO.Zero, c7 = vectors > 7 ? TO.Load((T*)(c + 7 * vector)) : TO.Zero;
            for (Entry<T>* entry = bounds[0], end = bounds[1]; entry < end; entry++)
            {
                TV x = TO.Splat(entry->Value);
                byte* w = b + entry->Offset;
                c0 = TO.Fma(x, TO.Load((T*)w), c0);
                if (vectors > 1) c1 = TO.Fma(x, TO.Load((T*)(w + vector)), c1);
                if (vectors > 2) c2 = TO.Fma(x, TO.Load((T*)(w + 2 * vector)), c2);
                if (vectors > 3) c3 = TO.Fma(x, TO.Load((T*)(w + 3 * vector)), c3);
                if (vectors > 4) c4 = TO.Fma(x, TO.Load((T*)(w + 4 * vector)), c4);
                if (vectors > 5) c5 = TO.Fma(x, TO.Load((T*)(w + 5 * vector)), c5);
                if (vectors > 6) c6 = TO.Fma(x, TO.Load((T*)(w + 6 * vector)), c6);
                if (vectors > 7) c7 = TO.Fma(x, TO.Load((T*)(w + 7 * vector)), c7);
            }
            TO.Store(c0, (T*)c);
            if (vectors > 1) TO.Store(c1, (T*)(c + vector));
            if (vectors > 2) TO.Store(c2, (T*)(c + 2 * vector));
            if (vectors > 3) TO.Store(c3, (T*)(c + 3 * vector));
            if (vectors > 4) TO.Store(c4, (T*)(c + 4 * vector));
            if (vectors > 5) TO.Store(c5, (T*)(c + 5 * vector));
            if (vectors > 6) TO.Store(c6, (T*)(c + 6 * vector));
            if (vectors > 7) TO.Store(c7, (T*)(c + 7 * vector));
        }
    }

    /// <summary>Any number of vectors, in tiles of 8, 4, 2 and 1.</summary>
    public static void Run(int vectors, Entry<T>** bounds, nint boundsStep, int rows, byte* b, byte* destination, nint rowBytes)
    {
        int vector = TO.Count * sizeof(T);
        while (vectors > 0)
        {
            int step = vectors >= 8 ? 8 : vectors >= 4 ? 4 : vectors >= 2 ? 2 : 1;
            if (step == 8) Run<N8>(bounds, boundsStep, rows, b, destination, rowBytes);
            else if (step == 4) Run<N4>(bounds, boundsStep, rows, b, destination, rowBytes);
            else if (step == 2) Run<N2>(bounds, boundsStep, rows, b, destination, rowBytes);
            else Run<N1>(bounds, boundsStep, rows, b, destination, rowBytes);
            vectors -= step;
            b += step * vector;
            destination += step * vector;
        }
    }
}
