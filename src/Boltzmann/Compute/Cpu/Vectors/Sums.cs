using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>destination[1 × n] = keep·destination + scale·Σ_r w_r·a[r,·]·b[r,·], accumulated in double, row after row.</summary>
readonly unsafe struct ColumnSum(Operand destination, Operand a, Operand b, Operand weights, double scale, double keep) : IKernel
{
    /// <summary>Columns whose sums stay in the first-level cache while rows stream past.</summary>
    const int Width = 512;

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        double* sums = stackalloc double[Width];
        int n = TW.Count;
        TD factor = TW.Splat(scale), kept = TW.Splat(keep);
        for (int from = firstColumn; from < endColumn; from += Width)
        {
            int width = Math.Min(Width, endColumn - from);
            for (int c = 0; c < width; c += n) TW.Store(TW.Zero, sums + c);
            int r = firstRow;
            for (; r + 4 <= endRow; r += 4) AddFour<T, TD, TW>(r, from, width, sums);
            for (; r < endRow; r++) AddOne<T, TD, TW>(r, from, width, sums);
            T* to = destination.Row<T>(0) + from;
            if (keep == 0)
                for (int c = 0; c < width; c += n) TW.Narrow(TW.Multiply(factor, TW.Load(sums + c)), to + c);
            else
                for (int c = 0; c < width; c += n)
                    TW.Narrow(TW.Fma(factor, TW.Load(sums + c), TW.Multiply(kept, TW.Widen(to + c))), to + c);
        }
        Rows.ClearTail<TV, T, TO>(destination.Row<T>(0), endColumn);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddFour<T, TD, TW>(int r, int from, int width, double* sums) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* a0 = a.Row<T>(r) + from, a1 = a.Row<T>(r + 1) + from, a2 = a.Row<T>(r + 2) + from, a3 = a.Row<T>(r + 3) + from;
        TD w0 = Weight<T, TD, TW>(r), w1 = Weight<T, TD, TW>(r + 1), w2 = Weight<T, TD, TW>(r + 2), w3 = Weight<T, TD, TW>(r + 3);
        if (b.Address == 0)
        {
            for (nint c = 0; c < width; c += TW.Count)
            {
                TD sum = TW.Fma(TW.Widen(a0 + c), w0, TW.Load(sums + c));
                sum = TW.Fma(TW.Widen(a1 + c), w1, sum);
                sum = TW.Fma(TW.Widen(a2 + c), w2, sum);
                TW.Store(TW.Fma(TW.Widen(a3 + c), w3, sum), sums + c);
            }
            return;
        }
        T* b0 = b.Row<T>(r) + from, b1 = b.Row<T>(r + 1) + from, b2 = b.Row<T>(r + 2) + from, b3 = b.Row<T>(r + 3) + from;
        for (nint c = 0; c < width; c += TW.Count)
        {
            TD sum = TW.Fma(TW.Multiply(TW.Widen(a0 + c), w0), TW.Widen(b0 + c), TW.Load(sums + c));
            sum = TW.Fma(TW.Multiply(TW.Widen(a1 + c), w1), TW.Widen(b1 + c), sum);
            sum = TW.Fma(TW.Multiply(TW.Widen(a2 + c), w2), TW.Widen(b2 + c), sum);
            TW.Store(TW.Fma(TW.Multiply(TW.Widen(a3 + c), w3), TW.Widen(b3 + c), sum), sums + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void AddOne<T, TD, TW>(int r, int from, int width, double* sums) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        T* a0 = a.Row<T>(r) + from, b0 = b.Row<T>(r) + from;
        TD w0 = Weight<T, TD, TW>(r);
        if (b.Address == 0)
            for (nint c = 0; c < width; c += TW.Count) TW.Store(TW.Fma(TW.Widen(a0 + c), w0, TW.Load(sums + c)), sums + c);
        else
            for (nint c = 0; c < width; c += TW.Count)
                TW.Store(TW.Fma(TW.Multiply(TW.Widen(a0 + c), w0), TW.Widen(b0 + c), TW.Load(sums + c)), sums + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TD Weight<T, TD, TW>(int r) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T> =>
        TW.Splat(weights.Address == 0 ? 1 : typeof(T) == typeof(float) ? *weights.Row<float>(r) : *weights.Row<double>(r));
}

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
