using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// x ↦ exp(−γ·max(0, a_r + b_c − 2x)), in place: the squared distance in the matrices' precision, the exponential at most 1 ulp off.
/// </summary>
readonly unsafe struct GaussianKernel(Operand destination, Operand leftSquares, Operand rightSquares, double gamma) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TV minusTwo = TO.Constant(-2), factor = TO.Constant(-gamma);
        int n = TO.Count;
        for (int r = firstRow; r < endRow; r++)
        {
            T* x = destination.Row<T>(r), b = rightSquares.Row<T>(0);
            TV a = TO.Splat(*leftSquares.Row<T>(r));
            for (nint c = firstColumn; c < endColumn; c += n)
            {
                TV square = TO.Fma(minusTwo, TO.Load(x + c), TO.Add(a, TO.Load(b + c)));
                // NaN stays NaN: the maximum is its second operand where either is one.
                TO.Store(Exponential.OfNegative<TV, T, TO>(TO.Multiply(factor, TO.Max(TO.Zero, square))), x + c);
            }
            Rows.ClearTail<TV, T, TO>(x, endColumn);
        }
    }
}
