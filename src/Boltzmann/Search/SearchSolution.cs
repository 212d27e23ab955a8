namespace Boltzmann.Searching;

/// <summary>A state and its energy.</summary>
/// <param name="Energy">In double precision, from the problem.</param>
/// <param name="Assignment">0 or 1 for each variable.</param>
/// <param name="Chains">How often chains were seen in it.</param>
public sealed record SearchSolution(double Energy, byte[] Assignment, long Chains);
