using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Moments of rectified units, one by one in double, rounded once.</summary>
readonly unsafe struct RectifiedMoments(Operand mean, Operand second, Operand inputs, Operand bias, Operand precision) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* b = bias.Row<T>(0), gamma = precision.Row<T>(0);
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), toMean = mean.Row<T>(r), toSecond = second.Row<T>(r);
            for (int c = firstColumn; c < endColumn; c++)
            {
                var (first, square) = Rectified.Moments(TO.ToDouble(x[c]) + TO.ToDouble(b[c]), TO.ToDouble(gamma[c]));
                if (mean.Address != 0) toMean[c] = TO.FromDouble(first);
                if (second.Address != 0) toSecond[c] = TO.FromDouble(square);
            }
        }
    }
}
