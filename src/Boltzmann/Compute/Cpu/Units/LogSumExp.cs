using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// destination[B × 1] += scale·Σ_blocks log Σ_c e^{y_c}, y = x + b: exponentials in the matrices' precision (1 ulp), sums and logarithms in
/// double.
/// </summary>
readonly unsafe struct LogSumExp(Operand destination, Operand inputs, Operand bias, int categories, double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* scratch = (T*)Scratch.ForPart(((nint)endColumn + 16) * sizeof(T));
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = inputs.Row<T>(r), b = bias.Row<T>(0);
            double sum = Softmax.Exponentials<TV, T, TO>(scratch, x, b, endColumn, categories);
            for (int first = 0; first < endColumn; first += categories) sum += Math.Log(Rows.Sum<T, TD, TW>(scratch + first, categories));
            T* to = destination.Row<T>(r);
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }
}
