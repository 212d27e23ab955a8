namespace Boltzmann.Searching;

/// <summary>Variables that are joined with each other, and with no others.</summary>
/// <param name="Energy">Theirs.</param>
/// <param name="Variables">Their numbers in the whole energy.</param>
public sealed record EnergyComponent(BinaryEnergy Energy, IReadOnlyList<int> Variables);
