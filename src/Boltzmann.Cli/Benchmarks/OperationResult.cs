namespace Boltzmann.Cli.Benchmarks;

/// <summary>What an operation reached.</summary>
/// <param name="Operation">Its name in <see cref="OperationSet"/>.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Width">What it computes with.</param>
/// <param name="SkipZeros">Whether kernels pass over zeros.</param>
/// <param name="Visits">Its timings.</param>
sealed record OperationResult(string Operation, BenchShape Shape, BenchWidth Width, bool SkipZeros, JudgedVisits Visits)
    : ITimed
{
    /// <summary>"dense" or "skipped".</summary>
    public string Zeros => BenchCase.ZerosWord(SkipZeros);

    /// <summary>"up 784x1024x10 dense 2 threads".</summary>
    public string Name => $"{Work} {BenchCase.ThreadsWords(Width.Threads)}";

    /// <inheritdoc/>
    public string Work => $"{Operation} {Shape} {Zeros}{(Width.Precision == Precision.Float64 ? " float64" : "")}";

    /// <summary>Median time of a call in the best visit, in milliseconds.</summary>
    public double Median => Visits.Best.Milliseconds;

    /// <summary>Speed by the median, in GFLOP/s; null for what is not a product.</summary>
    public double? Gflops => OperationSet.Products(Operation) is > 0 and int products
        ? products * 2.0 * Shape.Visible * Shape.Hidden * Shape.Batch / (Median * 1e6) : null;

    /// <summary>Share of threads × the best one-thread peak.</summary>
    public double? FractionOfPeak => Gflops / (Width.Threads * Visits.OneThreadPeak);
}
