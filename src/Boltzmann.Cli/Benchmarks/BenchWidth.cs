namespace Boltzmann.Cli.Benchmarks;

/// <summary>How much work computes with at a time.</summary>
/// <param name="Precision">Width of its numbers.</param>
/// <param name="VectorBits">Width of its vectors.</param>
/// <param name="Threads">Its threads.</param>
readonly record struct BenchWidth(Precision Precision, int VectorBits, int Threads);
