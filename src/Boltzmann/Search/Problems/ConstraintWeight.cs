namespace Boltzmann.Searching;

/// <summary>The weight that a hard constraint got in a search.</summary>
/// <param name="Name">The constraint's.</param>
/// <param name="Weight">At the end.</param>
/// <param name="Raised">How often it was doubled.</param>
/// <param name="Bound">What it never exceeds, as it suffices: 1 + (largest − smallest possible soft energy).</param>
public sealed record ConstraintWeight(string Name, double Weight, int Raised, double Bound);
