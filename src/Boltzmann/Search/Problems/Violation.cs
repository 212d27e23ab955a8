namespace Boltzmann.Searching;

/// <summary>A constraint that a state breaks.</summary>
/// <param name="Name">The constraint's.</param>
/// <param name="Amount">How far from holding, as a person counts: a sum's distance from its bound, 1 for a clause.</param>
/// <param name="Energy">What that costs.</param>
/// <param name="IsHard">Whether the state is infeasible for it.</param>
public sealed record Violation(string Name, double Amount, double Energy, bool IsHard);
