namespace Boltzmann.Searching;

/// <summary>A constraint of a problem.</summary>
/// <param name="Constraint">What must hold.</param>
/// <param name="Weight">What one violation costs; null if none is allowed: the constraint is hard, and the search chooses the
/// weight.</param>
/// <param name="Name">In reports.</param>
public sealed record ProblemConstraint(Constraint Constraint, double? Weight, string Name)
{
    /// <summary>Whether a state that breaks it is infeasible.</summary>
    public bool IsHard => Weight is null;
}
