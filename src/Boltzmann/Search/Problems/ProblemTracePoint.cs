namespace Boltzmann.Searching;

/// <summary>A solution that was better than all before.</summary>
/// <param name="Seconds">Since the search began.</param>
/// <param name="Sweeps">Sweeps of every chain until then.</param>
/// <param name="Energy">Its energy, with the weights of that time.</param>
/// <param name="IsFeasible">Whether it keeps all hard constraints; what does is better than what does not.</param>
public sealed record ProblemTracePoint(double Seconds, long Sweeps, double Energy, bool IsFeasible);
