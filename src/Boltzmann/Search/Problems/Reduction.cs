namespace Boltzmann.Searching;

/// <summary>A variable whose best value follows from its only neighbour's.</summary>
/// <param name="Variable">The one that is not searched.</param>
/// <param name="Neighbor">The one that it follows.</param>
/// <param name="WhenOff">Its value where that one is off.</param>
/// <param name="WhenOn">Its value where that one is on.</param>
readonly record struct Reduction(int Variable, int Neighbor, byte WhenOff, byte WhenOn);
