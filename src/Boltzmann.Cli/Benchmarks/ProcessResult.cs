namespace Boltzmann.Cli.Benchmarks;

/// <summary>Training steps beside another process.</summary>
/// <param name="Name"><see cref="ProcessBenchmark.Two"/> or <see cref="ProcessBenchmark.Busy"/>.</param>
/// <param name="Alone">Steps per second of one process alone.</param>
/// <param name="Ratio">Steps of all processes that step, side by side, over steps of one alone right before and after: the median.</param>
/// <param name="Around">What the machine was like before and after that.</param>
/// <param name="IsDisturbed">Whether that tells of a disturbance.</param>
sealed record ProcessResult(string Name, double Alone, double Ratio, Surroundings Around, bool IsDisturbed);
