using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>w_j ← w_j·min(1, limit/‖w_j‖): squares in double, row after row; the product rounded once.</summary>
readonly unsafe struct NormLimit(Operand weights, double limit) : IKernel
{
    const int Width = 512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        double* sums = stackalloc double[Width];
        int n = TW.Count;
        for (int from = firstColumn; from < endColumn; from += Width)
        {
            int width = Math.Min(Width, endColumn - from);
            for (int c = 0; c < width; c += n) TW.Store(TW.Zero, sums + c);
            int r = firstRow;
            for (; r + 4 <= endRow; r += 4)
            {
                T* w0 = weights.Row<T>(r) + from, w1 = weights.Row<T>(r + 1) + from, w2 = weights.Row<T>(r + 2) + from,
                    w3 = weights.Row<T>(r + 3) + from;
                for (nint c = 0; c < width; c += n)
                {
                    TD x0 = TW.Widen(w0 + c), x1 = TW.Widen(w1 + c), x2 = TW.Widen(w2 + c), x3 = TW.Widen(w3 + c);
                    TW.Store(TW.Fma(x3, x3, TW.Fma(x2, x2, TW.Fma(x1, x1, TW.Fma(x0, x0, TW.Load(sums + c))))), sums + c);
                }
            }
            for (; r < endRow; r++)
            {
                T* w0 = weights.Row<T>(r) + from;
                for (nint c = 0; c < width; c += n) TW.Store(TW.Fma(TW.Widen(w0 + c), TW.Widen(w0 + c), TW.Load(sums + c)), sums + c);
            }

            bool any = false;
            for (int c = 0; c < width; c++)
            {
                double norm = Math.Sqrt(sums[c]);
                any |= norm > limit;
                sums[c] = norm > limit ? limit / norm : 1;
            }
            // The factors of the padding are those of columns of zeros.
            for (int c = width; c % n != 0; c++) sums[c] = 1;
            if (!any) continue;
            for (r = firstRow; r < endRow; r++)
            {
                T* w0 = weights.Row<T>(r) + from;
                for (nint c = 0; c < width; c += n) TW.Narrow(TW.Multiply(TW.Widen(w0 + c), TW.Load(sums + c)), w0 + c);
            }
        }
    }
}
