namespace Boltzmann.Cli.Benchmarks;

/// <summary>One of several timings of the same work, spread over a run.</summary>
/// <param name="Milliseconds">Median time of a step.</param>
/// <param name="Fastest">Time of the fastest step, in milliseconds.</param>
/// <param name="Around">What the machine was like before and after.</param>
readonly record struct BenchVisit(double Milliseconds, double Fastest, Surroundings Around);
