namespace Boltzmann.Searching;

/// <summary>How far a state satisfies a problem's constraints, counted from the constraints themselves.</summary>
/// <param name="Satisfied">Constraints that hold.</param>
/// <param name="Of">Constraints.</param>
/// <param name="Weight">Weight of those that hold.</param>
/// <param name="OfWeight">Weight of all.</param>
/// <param name="SoftViolated">Weight of the soft ones that do not hold.</param>
/// <param name="HardViolated">Number of hard ones that do not hold.</param>
/// <param name="Violated">The first of those that do not hold, hard ones and heavy ones first.</param>
public sealed record Satisfaction(long Satisfied, long Of, double Weight, double OfWeight, double SoftViolated, long HardViolated,
    IReadOnlyList<Violation> Violated)
{
    /// <summary>Whether every hard constraint holds.</summary>
    public bool IsFeasible => HardViolated == 0;

    /// <summary>Whether every constraint holds.</summary>
    public bool IsComplete => Satisfied == Of;
}
