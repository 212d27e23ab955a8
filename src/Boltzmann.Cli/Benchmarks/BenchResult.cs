namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a case reached.</summary>
/// <param name="Case">What was timed.</param>
/// <param name="Visits">Its timings.</param>
sealed record BenchResult(BenchCase Case, JudgedVisits Visits) : ITimed
{
    /// <inheritdoc/>
    public string Name => Case.Name;

    /// <inheritdoc/>
    public string Work => Case.Work;

    /// <inheritdoc/>
    public BenchWidth Width => Case.Width;

    /// <summary>Median time of a step in the best visit.</summary>
    public double StepMilliseconds => Visits.Best.Milliseconds;

    /// <summary>
    /// Threads × the best one-thread peak around the visits of the case. Not a peak of all threads together, which reads low where cores
    /// need long to fork and join.
    /// </summary>
    public double PeakGflops => Case.Threads * Visits.OneThreadPeak;

    /// <summary>Speed, in GFLOP/s of dense products.</summary>
    public double Gflops => Case.Operations / (StepMilliseconds * 1e6);

    /// <summary>Share of <see cref="PeakGflops"/>.</summary>
    public double FractionOfPeak => Gflops / PeakGflops;
}
