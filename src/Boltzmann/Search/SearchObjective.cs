namespace Boltzmann.Searching;

/// <summary>What a problem's author calls the number that is sought: a cut to maximise, a cost to minimise.</summary>
/// <param name="Name">"cut", "value".</param>
/// <param name="IsMaximised">Whether more is better; the energy is then its negative.</param>
public sealed record SearchObjective(string Name, bool IsMaximised)
{
    /// <summary>The objective's value at an energy.</summary>
    public double At(double energy) => IsMaximised ? -energy : energy;

    /// <summary>The energy at a value of the objective.</summary>
    public double EnergyAt(double value) => IsMaximised ? -value : value;
}
