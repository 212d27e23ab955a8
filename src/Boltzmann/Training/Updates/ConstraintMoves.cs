namespace Boltzmann.Training;

/// <summary>Lists of constraints, as trainers ask them.</summary>
static class ConstraintMoves
{
    /// <summary>Lets the first constraint that takes a parameter on itself move it; false where none does.</summary>
    /// <inheritdoc cref="IConstraint.Move"/>
    public static bool Move(this IConstraint[] constraints, int index, Matrix gradient, IOptimizer optimizer, in StepRates rates)
    {
        foreach (IConstraint constraint in constraints)
            if (constraint.Move(index, gradient, optimizer, rates)) return true;
        return false;
    }
}
