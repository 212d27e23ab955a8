using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>High where the draw's uniform is below σ(span·(x + b)), else low; span = high − low.</summary>
readonly unsafe struct TwoStateSample(Operand destination, Operand inputs, Operand bias, double low, double high, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        int n = TO.Count;
        TV span = TO.Constant(high - low), on = TO.Constant(high), off = TO.Constant(low);
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            T* b = bias.Row<T>(0) + block.Column;
            for (int r = block.FirstRow; r < block.EndRow; r++)
            {
                T* to = destination.Row<T>(r) + block.Column, x = inputs.Row<T>(r) + block.Column;
                uint* own = words + (r & 3) * WordBlock.Units;
                for (nint c = 0; c < block.Width; c += n)
                {
                    TV mean = Exponential.Logistic<TV, T, TO>(TO.Multiply(span, TO.Add(TO.Load(x + c), TO.Load(b + c))));
                    TO.Store(TO.Select(TO.Greater(mean, TO.Uniform(own + c)), on, off), to + c);
                }
                Rows.ClearTail<TV, T, TO>(to, block.Width);
            }
        }
    }
}
