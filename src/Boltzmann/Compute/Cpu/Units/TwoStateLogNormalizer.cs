using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// destination[B × 1] += scale·Σ_u log(e^{low·y} + e^{high·y}), y = x + b: each term as low·y + softplus(span·y) in the matrices'
/// precision (at most 4 ulp of the parts off), the sums in double.
/// </summary>
readonly unsafe struct TwoStateLogNormalizer(Operand destination, Operand inputs, Operand bias, double low, double high,
    double scale) : IKernel
{
    const int Width = 512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* terms = stackalloc T[Width];
        int n = TO.Count;
        TV span = TO.Constant(high - low), slope = TO.Constant(low);
        for (int r = firstRow; r < endRow; r++)
        {
            double sum = 0;
            for (int from = 0; from < endColumn; from += Width)
            {
                T* x = inputs.Row<T>(r) + from, b = bias.Row<T>(0) + from;
                int width = Math.Min(Width, endColumn - from);
                if (low == 0)
                {
                    for (nint c = 0; c < width; c += n)
                        TO.Store(Logarithm.Softplus<TV, T, TO>(TO.Multiply(span, TO.Add(TO.Load(x + c), TO.Load(b + c)))), terms + c);
                }
                else
                {
                    for (nint c = 0; c < width; c += n)
                    {
                        TV y = TO.Add(TO.Load(x + c), TO.Load(b + c));
                        TO.Store(TO.Fma(slope, y, Logarithm.Softplus<TV, T, TO>(TO.Multiply(span, y))), terms + c);
                    }
                }
                sum += Rows.Sum<T, TD, TW>(terms, width);
            }
            T* to = destination.Row<T>(r);
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }
}
