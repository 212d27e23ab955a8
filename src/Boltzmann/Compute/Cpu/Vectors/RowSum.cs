using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[B × 1] += scale·Σ_u a[·,u]·b[·,u], accumulated in double.</summary>
readonly unsafe struct RowSum(Operand destination, Operand a, Operand b, double scale) : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int r = firstRow; r < endRow; r++)
        {
            T* to = destination.Row<T>(r);
            double sum = b.Address == 0 ? Rows.Sum<T, TD, TW>(a.Row<T>(r), endColumn) : Dot<T, TD, TW>(a.Row<T>(r), b.Row<T>(r), endColumn);
            *to = TO.FromDouble(TO.ToDouble(*to) + scale * sum);
        }
    }

    // Reads the zeros behind the last column as well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Dot<T, TD, TW>(T* x, T* y, int count) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TD s0 = TW.Zero, s1 = TW.Zero, s2 = TW.Zero, s3 = TW.Zero;
        int n = TW.Count, i = 0;
        for (; i + 4 * n <= count; i += 4 * n)
        {
            s0 = TW.Fma(TW.Widen(x + i), TW.Widen(y + i), s0);
            s1 = TW.Fma(TW.Widen(x + i + n), TW.Widen(y + i + n), s1);
            s2 = TW.Fma(TW.Widen(x + i + 2 * n), TW.Widen(y + i + 2 * n), s2);
            s3 = TW.Fma(TW.Widen(x + i + 3 * n), TW.Widen(y + i + 3 * n), s3);
        }
        for (; i < count; i += n) s0 = TW.Fma(TW.Widen(x + i), TW.Widen(y + i), s0);
        return TW.Sum(TW.Add(TW.Add(s0, s1), TW.Add(s2, s3)));
    }
}
