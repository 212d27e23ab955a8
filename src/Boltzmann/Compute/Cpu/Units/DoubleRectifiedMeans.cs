using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Moments of double rectified units, one by one in double, rounded once.</summary>
readonly unsafe struct DoubleRectifiedMeans(Operand mean, Operand magnitude, Operand upperSquare, Operand lowerSquare, Operand inputs,
    Operand bias, Operand kink, Operand upper, Operand lower) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* b = bias.Row<T>(0), k = kink.Row<T>(0), up = upper.Row<T>(0), down = lower.Row<T>(0);
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), toMean = mean.Row<T>(r), toMagnitude = magnitude.Row<T>(r), toUpper = upperSquare.Row<T>(r),
                toLower = lowerSquare.Row<T>(r);
            for (int c = firstColumn; c < endColumn; c++)
            {
                var (first, absolute, above, below) = DoubleRectified.Moments(TO.ToDouble(x[c]) + TO.ToDouble(b[c]), TO.ToDouble(k[c]),
                    TO.ToDouble(up[c]), TO.ToDouble(down[c]));
                if (mean.Address != 0) toMean[c] = TO.FromDouble(first);
                if (magnitude.Address != 0) toMagnitude[c] = TO.FromDouble(absolute);
                if (upperSquare.Address != 0) toUpper[c] = TO.FromDouble(above);
                if (lowerSquare.Address != 0) toLower[c] = TO.FromDouble(below);
            }
        }
    }
}
