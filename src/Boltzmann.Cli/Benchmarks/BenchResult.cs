namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a case reached.</summary>
/// <param name="Case">What was timed.</param>
/// <param name="Visits">Its timings.</param>
sealed record BenchResult(BenchCase Case, JudgedVisits Visits)
{
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

    /// <summary>Speed over that of one thread at the same work in the same run; null where that was not measured, or is this.</summary>
    public double? OverOneThread(IEnumerable<BenchResult> results) => OneThread(results)?.StepMilliseconds / StepMilliseconds;

    /// <summary>Whether more threads took longer than one, as far as undisturbed visits of both tell.</summary>
    public bool IsSlower(IReadOnlyList<BenchResult> results) => !Visits.AreOnlyDisturbed
        && OneThread(results)?.Visits.AreOnlyDisturbed == false && OverOneThread(results) < BenchReport.LeastOverOneThread;

    BenchResult? OneThread(IEnumerable<BenchResult> results) =>
        Case.Threads == 1 ? null : results.FirstOrDefault(other => other.Case == Case with { Threads = 1 });
}
