using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>
/// What a problem costs, by the definitions of its constraints, without helpers: the meaning that compiled energies are held to.
/// </summary>
static class Definition
{
    /// <summary>Objective and weighted violations of a state of the hypotheses.</summary>
    public static double Energy(CompiledProblem compiled, byte[] state)
    {
        double sum = compiled.Problem.ObjectiveEnergy().Of(state);
        for (int c = 0; c < compiled.Constraints.Count; c++) sum += compiled.Weights[c] * Cost(compiled.Constraints[c].Constraint, state);
        return sum;
    }

    /// <summary>Whether all hard constraints hold.</summary>
    public static bool IsFeasible(Problem problem, byte[] state) =>
        problem.Constraints.All(entry => !entry.IsHard || Holds(entry.Constraint, state));

    public static bool Holds(Constraint constraint, byte[] state)
    {
        bool[] on = On(constraint, state);
        return constraint.Kind switch
        {
            ConstraintKind.Clause => on.Any(x => x),
            ConstraintKind.Xor => on.Count(x => x) % 2 == 1,
            ConstraintKind.Product => on[0] == (on[1] && on[2]),
            ConstraintKind.AllDifferent => Pairs(constraint, state) == 0,
            _ => Distance(constraint, on) == 0,
        };
    }

    public static double Cost(Constraint constraint, byte[] state)
    {
        bool[] on = On(constraint, state);
        switch (constraint.Kind)
        {
            case ConstraintKind.Product:
                double z = on[0] ? 1 : 0, x = on[1] ? 1 : 0, y = on[2] ? 1 : 0;
                return x * y - 2 * x * z - 2 * y * z + 3 * z;
            case ConstraintKind.AllDifferent:
                return Pairs(constraint, state);
            case ConstraintKind.Linear:
                double distance = Distance(constraint, on);
                bool isCount = constraint.Bound == 1 && constraint.Factors.All(factor => factor == 1);
                int count = on.Count(l => l);
                if (isCount && constraint.Relation == Relation.AtMost) return count * (count - 1) / 2;
                if (isCount && constraint.Relation == Relation.AtLeast && on.Length > 0) return count == 0 ? 1 : 0;
                return distance * distance;
            default:
                return Holds(constraint, state) ? 0 : 1;
        }
    }

    /// <summary>How far a sum is from its bound.</summary>
    public static double Distance(Constraint constraint, bool[] on)
    {
        double sum = -constraint.Bound;
        for (int i = 0; i < on.Length; i++)
            if (on[i]) sum += constraint.Factors[i];
        return constraint.Relation switch
        {
            Relation.Equal => Math.Abs(sum),
            Relation.AtMost => Math.Max(0, sum),
            _ => Math.Max(0, -sum),
        };
    }

    public static bool[] On(Constraint constraint, byte[] state) =>
        [.. constraint.Literals.Select(literal => state[literal.Variable] != 0 != literal.IsNegated)];

    static int Pairs(Constraint constraint, byte[] state)
    {
        int pairs = 0;
        for (int i = 0; i < constraint.Integers.Count; i++)
            for (int j = 0; j < i; j++)
                for (int value = Math.Max(constraint.Integers[i].Low, constraint.Integers[j].Low);
                    value <= Math.Min(constraint.Integers[i].High, constraint.Integers[j].High); value++)
                    pairs += state[constraint.Integers[i].Is(value).Variable] * state[constraint.Integers[j].Is(value).Variable];
        return pairs;
    }
}
