using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[B × 1] += scale·Σ_u log ∫₀^∞ exp(−γx²/2 + yx) dx, y = input + b, in double.</summary>
readonly unsafe struct RectifiedLogNormalizer(Operand destination, Operand inputs, Operand bias, Operand precision, double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* b = bias.Row<T>(0), gamma = precision.Row<T>(0);
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), to = destination.Row<T>(r);
            double sum = 0;
            for (int c = 0; c < endColumn; c++)
                sum += Rectified.LogNormalizer(TO.ToDouble(x[c]) + TO.ToDouble(b[c]), TO.ToDouble(gamma[c]));
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }
}
