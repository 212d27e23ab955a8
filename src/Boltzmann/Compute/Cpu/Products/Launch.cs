using System.Runtime.Intrinsics;

namespace Boltzmann.Compute.Cpu;

/// <summary>Chooses a kernel's compilation and the number of its parts.</summary>
/// <param name="team">Threads to share.</param>
/// <param name="precision">Of the matrices.</param>
/// <param name="vectorBits">512, 256 or 128.</param>
readonly struct Launch(WorkerTeam team, Precision precision, int vectorBits)
{
    /// <summary>Columns per cache line of float, twice: bands of columns never share a line.</summary>
    public const int ColumnGrain = 64;

    /// <summary>A fork and join takes about 0.6 µs; parts shorter than this many nanoseconds do not repay it.</summary>
    const double ShortestPart = 3000;

    /// <summary>From so many rows on a matrix may be one of weights, whose rows are shared out by the rule of the products.</summary>
    const int WeightRows = 256;

    /// <summary>Element-wise work: bands of rows, or of columns where rows are few.</summary>
    public void Elements<TKernel>(ref TKernel kernel, int rows, int columns, double nanosecondsPerValue,
        int rowGrain = 1) where TKernel : struct, IKernel
    {
        Split split = For(rows, columns, nanosecondsPerValue);
        Start(ref kernel, rows, columns, rows < 4 * rowGrain * split.Parts, rowGrain, split);
    }

    /// <summary>Work on whole rows.</summary>
    public void ByRows<TKernel>(ref TKernel kernel, int rows, int columns, double nanosecondsPerValue,
        int rowGrain = 1) where TKernel : struct, IKernel =>
        Start(ref kernel, rows, columns, false, rowGrain, For(rows, columns, nanosecondsPerValue));

    /// <summary>Work on whole columns.</summary>
    public void ByColumns<TKernel>(ref TKernel kernel, int rows, int columns, double nanosecondsPerValue) where TKernel : struct, IKernel =>
        Start(ref kernel, rows, columns, true, 1, For(rows, columns, nanosecondsPerValue));

    Split For(int rows, int columns, double nanosecondsPerValue)
    {
        double time = (double)rows * columns * nanosecondsPerValue;
        int threads = (int)Math.Min(time / ShortestPart, Shares.Worth(time, team.Threads));
        // A thread that is held up leaves the rest of its share to the others, if that share has several parts.
        return threads < 2 ? new(1, 1) : new(time < 4 * threads * ShortestPart ? threads : 4 * threads, threads);
    }

    /// <summary>How many parts, and threads that share them.</summary>
    readonly record struct Split(int Parts, int Threads);

    void Start<TKernel>(ref TKernel kernel, int rows, int columns, bool byColumns, int rowGrain, Split split)
        where TKernel : struct, IKernel
    {
        if (columns == 0) return;
        int grain = byColumns ? ColumnGrain : rows >= WeightRows ? Math.Max(rowGrain, Shares.Grain) : rowGrain;
        if (!byColumns && rows >= WeightRows)
        {
            int shares = new Shares(rows, split.Threads).Count;
            split = new(split.Parts / split.Threads * shares, shares);
        }
        int most = Math.Max(1, ((byColumns ? columns : rows) + grain - 1) / grain);
        if (split.Parts > most) split = new(most, Math.Min(most, split.Threads));
        if (precision == Precision.Float32)
        {
            if (vectorBits == 512) Start<TKernel, Vector512<float>, float, Single512, Vector512<double>,
                Double512>(ref kernel, rows, columns, byColumns, grain, split);
            else if (vectorBits == 256) Start<TKernel, Vector256<float>, float, Single256, Vector256<double>,
                Double256>(ref kernel, rows, columns, byColumns, grain, split);
            else Start<TKernel, Vector128<float>, float, Single128, Vector128<double>,
                Double128>(ref kernel, rows, columns, byColumns, grain, split);
        }
        else
        {
            if (vectorBits == 512) Start<TKernel, Vector512<double>, double, Double512, Vector512<double>,
                Double512>(ref kernel, rows, columns, byColumns, grain, split);
            else if (vectorBits == 256) Start<TKernel, Vector256<double>, double, Double256, Vector256<double>,
                Double256>(ref kernel, rows, columns, byColumns, grain, split);
            else Start<TKernel, Vector128<double>, double, Double128, Vector128<double>,
                Double128>(ref kernel, rows, columns, byColumns, grain, split);
        }
    }

    void Start<TKernel, TV, T, TO, TD, TW>(ref TKernel kernel, int rows, int columns, bool byColumns, int grain, Split split)
        where TKernel : struct, IKernel where T : unmanaged where TO : struct, IVec<TV, T> where TW : struct, IVec<TD, double>, IWide<TD, T>
    {
        if (split.Parts == 1)
        {
            kernel.Run<TV, T, TO, TD, TW>(0, rows, 0, columns);
            return;
        }
        var job = new KernelJob<TKernel, TV, T, TO, TD, TW>(kernel, rows, columns, grain, byColumns, split.Parts);
        team.Run(ref job, split.Parts, split.Threads);
    }
}
