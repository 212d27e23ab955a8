namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a case reached.</summary>
/// <param name="Case">What was timed.</param>
/// <param name="StepMilliseconds">Median time of a step in the best round.</param>
/// <param name="PeakGflops">Multiply-adds in registers in the same run, same type, width and threads: the best of all rounds.</param>
sealed record BenchResult(BenchCase Case, double StepMilliseconds, double PeakGflops)
{
    public double Gflops => Case.Operations / (StepMilliseconds * 1e6);

    public double FractionOfPeak => Gflops / PeakGflops;
}
