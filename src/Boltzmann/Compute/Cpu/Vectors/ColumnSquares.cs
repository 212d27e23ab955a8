using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>Σ w² over each column of a band of rows, in double: a row of sums for each band, which here is what a row is.</summary>
/// <param name="weights">The matrix.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">Its columns.</param>
/// <param name="bandRows">Rows of a band.</param>
/// <param name="sums">[bands × columns], rounded up to whole vectors.</param>
readonly unsafe struct ColumnSquares(Operand weights, int rows, int columns, int bandRows, double* sums) : IKernel
{
    const int MostBands = 128;

    /// <summary>Rows of a band: so many that sums are few beside the weights, and that bands are grains of shares.</summary>
    public static int BandRows(int rows)
    {
        const int Least = 2 * Shares.Grain, All = Least * MostBands;
        return Least * Math.Max(1, (int)(((long)rows + All - 1) / All));
    }

    /// <summary>Sums of a band, padding included.</summary>
    public static int Pitch(int columns) => (columns + 7) & ~7;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TV, T, TO, TD, TW>(int firstRow, int endRow, int firstColumn, int endColumn)
        where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        int n = TW.Count;
        for (int band = firstRow; band < endRow; band++)
        {
            double* to = sums + (nint)band * Pitch(columns);
            for (int c = 0; c < columns; c += n) TW.Store(TW.Zero, to + c);
            int end = Math.Min(rows, (band + 1) * bandRows), r = band * bandRows;
            for (; r + 4 <= end; r += 4)
            {
                T* w0 = weights.Row<T>(r), w1 = weights.Row<T>(r + 1), w2 = weights.Row<T>(r + 2), w3 = weights.Row<T>(r + 3);
                for (nint c = 0; c < columns; c += n)
                {
                    TD x0 = TW.Widen(w0 + c), x1 = TW.Widen(w1 + c), x2 = TW.Widen(w2 + c), x3 = TW.Widen(w3 + c);
                    TW.Store(TW.Fma(x3, x3, TW.Fma(x2, x2, TW.Fma(x1, x1, TW.Fma(x0, x0, TW.Load(to + c))))), to + c);
                }
            }
            for (; r < end; r++)
            {
                T* w0 = weights.Row<T>(r);
                for (nint c = 0; c < columns; c += n) TW.Store(TW.Fma(TW.Widen(w0 + c), TW.Widen(w0 + c), TW.Load(to + c)), to + c);
            }
        }
    }
}
