using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Summaries of bands of rows, [bands] of them at <paramref name="results"/>; the bands follow from the shape alone.</summary>
readonly unsafe struct Summarizing(Operand source, int rows, int columns, int bands, Summary* results) : IKernel
{
    /// <summary>Rows count as bands here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        for (int band = firstRow; band < endRow; band++)
            results[band] = Band<T, TD, TW>((int)((long)rows * band / bands), (int)((long)rows * (band + 1) / bands));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    Summary Band<T, TD, TW>(int first, int end) where T : unmanaged where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        TD infinity = TW.Constant(double.PositiveInfinity), minusInfinity = TW.Constant(double.NegativeInfinity), one = TW.Constant(1);
        TD sum = TW.Zero, squares = TW.Zero, minimum = infinity, maximum = minusInfinity, entries = TW.Zero;
        int n = TW.Count;
        TD inside = TW.FirstLanes(columns % n == 0 ? n : columns % n);
        for (int r = first; r < end; r++)
        {
            T* row = source.Row<T>(r);
            for (nint c = 0; c < columns; c += n)
            {
                TD x = TW.Widen(row + c), finite = TW.Greater(infinity, TW.Abs(x));
                if (c + n > columns) finite = TW.And(finite, inside);
                TD counted = TW.Select(finite, x, TW.Zero);
                sum = TW.Add(sum, counted);
                squares = TW.Fma(counted, counted, squares);
                minimum = TW.Min(minimum, TW.Select(finite, x, infinity));
                maximum = TW.Max(maximum, TW.Select(finite, x, minusInfinity));
                entries = TW.Add(entries, TW.Select(finite, one, TW.Zero));
            }
        }
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        double* lanes = stackalloc double[2 * n];
        TW.Store(minimum, lanes);
        TW.Store(maximum, lanes + n);
        for (int i = 0; i < n; i++) (least, greatest) = (Math.Min(least, lanes[i]), Math.Max(greatest, lanes[n + i]));
        return new(TW.Sum(sum), TW.Sum(squares), least, greatest, (long)(end - first) * columns - (long)TW.Sum(entries));
    }
}
