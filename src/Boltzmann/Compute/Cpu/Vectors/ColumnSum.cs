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
