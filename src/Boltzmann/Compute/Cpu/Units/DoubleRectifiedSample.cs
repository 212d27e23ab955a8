using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Draws of double rectified units, one by one in double, rounded once.</summary>
readonly unsafe struct DoubleRectifiedSample(Operand destination, Operand inputs, Operand bias, Operand kink, Operand upper, Operand lower,
    Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        T* b = bias.Row<T>(0), k = kink.Row<T>(0), up = upper.Row<T>(0), down = lower.Row<T>(0);
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            for (int r = block.FirstRow; r < block.EndRow; r++)
            {
                T* x = inputs.Row<T>(r), to = destination.Row<T>(r);
                uint* own = words + (r & 3) * WordBlock.Units - block.Column;
                for (int c = block.Column; c < block.Column + block.Width; c++)
                    to[c] = TO.FromDouble(DoubleRectified.Draw((own[c] >> 8) * (1.0 / (1 << 24)), TO.ToDouble(x[c]) + TO.ToDouble(b[c]),
                        TO.ToDouble(k[c]), TO.ToDouble(up[c]), TO.ToDouble(down[c])));
            }
        }
    }
}
