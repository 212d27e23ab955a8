using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>W ← (W + Wᵀ)/2 with zero blocks on the diagonal, by tiles below the diagonal and their mirrors.</summary>
readonly unsafe struct Symmetrizing(Operand weights, int unitColumns) : IKernel
{
    const int Tile = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int top = firstRow; top < endRow; top += Tile)
        {
            int bottom = Math.Min(endRow, top + Tile);
            for (int left = 0; left < bottom; left += Tile)
                for (int r = top; r < bottom; r++)
                {
                    T* along = weights.Row<T>(r);
                    // A unit's own columns are left to the rows' own threads.
                    for (int c = left; c < Math.Min(r - r % unitColumns, left + Tile); c++)
                    {
                        T* mirror = weights.Row<T>(c) + r;
                        *mirror = along[c] = TO.FromDouble(0.5 * (TO.ToDouble(along[c]) + TO.ToDouble(*mirror)));
                    }
                }
            for (int r = top; r < bottom; r++)
                new Span<T>(weights.Row<T>(r) + (r - r % unitColumns), unitColumns).Clear();
        }
    }
}
