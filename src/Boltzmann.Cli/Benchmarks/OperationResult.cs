namespace Boltzmann.Cli.Benchmarks;

/// <summary>What an operation reached.</summary>
/// <param name="Operation">Its name in <see cref="OperationSet"/>.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Width">What it computes with.</param>
/// <param name="SkipZeros">Whether kernels pass over zeros.</param>
/// <param name="Visits">Its timings.</param>
sealed record OperationResult(string Operation, BenchShape Shape, BenchWidth Width, bool SkipZeros, JudgedVisits Visits)
{
    /// <summary>"dense" or "skipped".</summary>
    public string Zeros => SkipZeros ? "skipped" : "dense";

    /// <summary>"up 784x1024x10 dense 2 threads".</summary>
    public string Name => $"{Operation} {Shape} {Zeros}{(Width.Precision == Precision.Float64 ? " float64" : "")} "
        + (Width.Threads == 1 ? "1 thread" : $"{Width.Threads} threads");

    /// <summary>Median time of a call in the best visit, in milliseconds.</summary>
    public double Median => Visits.Best.Milliseconds;

    /// <summary>Speed by the median, in GFLOP/s; null for what is not a product.</summary>
    public double? Gflops => OperationSet.Products(Operation) is > 0 and int products
        ? products * 2.0 * Shape.Visible * Shape.Hidden * Shape.Batch / (Median * 1e6) : null;

    /// <summary>Share of threads × the best one-thread peak.</summary>
    public double? FractionOfPeak => Gflops / (Width.Threads * Visits.OneThreadPeak);

    /// <summary>Speed over that of one thread in the same run; null where that was not measured, or is this.</summary>
    public double? OverOneThread(IEnumerable<OperationResult> results) => OneThread(results)?.Median / Median;

    /// <summary>Whether more threads took longer than one, as far as undisturbed visits of both tell.</summary>
    public bool IsSlower(IReadOnlyList<OperationResult> results) => !Visits.AreOnlyDisturbed
        && OneThread(results)?.Visits.AreOnlyDisturbed == false && OverOneThread(results) < BenchReport.LeastOverOneThread;

    OperationResult? OneThread(IEnumerable<OperationResult> results) => Width.Threads == 1 ? null
        : results.FirstOrDefault(r => r.Name == (this with { Width = Width with { Threads = 1 } }).Name);
}
