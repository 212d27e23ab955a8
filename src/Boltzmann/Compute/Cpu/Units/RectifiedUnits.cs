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

/// <summary>Draws of rectified units, one by one in double, rounded once.</summary>
readonly unsafe struct RectifiedSample(Operand destination, Operand inputs, Operand bias, Operand precision, Draw draw) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        uint* words = stackalloc uint[4 * WordBlock.Units];
        T* b = bias.Row<T>(0), gamma = precision.Row<T>(0);
        foreach (WordBlock block in new WordBlocks(firstRow, endRow, firstColumn, endColumn))
        {
            TO.Words(words, WordBlock.Units, (uint)block.Column, block.Width, block.Group, draw);
            for (int r = block.FirstRow; r < block.EndRow; r++)
            {
                T* x = inputs.Row<T>(r), to = destination.Row<T>(r);
                uint* own = words + (r & 3) * WordBlock.Units - block.Column;
                for (int c = block.Column; c < block.Column + block.Width; c++)
                    to[c] = TO.FromDouble(Rectified.Quantile((own[c] >> 8) * (1.0 / (1 << 24)), TO.ToDouble(x[c]) + TO.ToDouble(b[c]),
                        TO.ToDouble(gamma[c])));
            }
        }
    }
}

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
