using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[B × 1] += scale·Σ_u log ∫ exp(yx − κ|x| − ½γ₊x₊² − ½γ₋x₋²) dx, y = input + b, in double.</summary>
readonly unsafe struct DoubleRectifiedLogNormalizer(Operand destination, Operand inputs, Operand bias, Operand kink, Operand upper,
    Operand lower, double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* b = bias.Row<T>(0), k = kink.Row<T>(0), up = upper.Row<T>(0), down = lower.Row<T>(0);
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), to = destination.Row<T>(r);
            double sum = 0;
            for (int c = 0; c < endColumn; c++)
                sum += DoubleRectified.LogNormalizer(TO.ToDouble(x[c]) + TO.ToDouble(b[c]), TO.ToDouble(k[c]), TO.ToDouble(up[c]),
                    TO.ToDouble(down[c]));
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }
}
