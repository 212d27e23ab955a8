using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[r, u] = the draw's uniform.</summary>
readonly unsafe struct UniformFill(Operand destination, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        int n = TO.Count;
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            for (int r = block.FirstRow; r < block.EndRow; r++)
            {
                T* to = destination.Row<T>(r) + block.Column;
                uint* own = words + (r & 3) * WordBlock.Units;
                for (nint c = 0; c < block.Width; c += n) TO.Store(TO.Uniform(own + c), to + c);
                Rows.ClearTail<TV, T, TO>(to, block.Width);
            }
        }
    }
}
