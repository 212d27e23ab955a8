namespace Boltzmann.Searching;

/// <summary>
/// The weights of hard constraints. First guess: 1.1 times the most that one flip of one of its variables can gain elsewhere for what that
/// flip costs here (the square of what it adds to a sum), at least 1.
/// Mending a constraint may take several flips, so weights of broken ones grow, up to 1 + (largest − smallest possible soft energy): at
/// that weight one violation costs more than everything else can gain, so every global minimum is feasible if any state is.
/// </summary>
sealed class Penalties
{
    const double Margin = 1.1, Growth = 2;

    readonly IReadOnlyList<ProblemConstraint> constraints;
    readonly double[] weights, bounds;
    readonly int[] raised;

    public Penalties(IReadOnlyList<ProblemConstraint> constraints, BinaryEnergy objective, double factor)
    {
        weights = new double[constraints.Count];
        bounds = new double[constraints.Count];
        raised = new int[constraints.Count];
        double[] gains = Gains(constraints, objective);
        double span = Span = SpanOf(constraints, objective);
        this.constraints = constraints;
        for (int c = 0; c < weights.Length; c++)
        {
            Constraint constraint = constraints[c].Constraint;
            if (constraints[c].Weight is double weight)
            {
                weights[c] = bounds[c] = weight;
                continue;
            }
            double most = 0;
            for (int i = 0; i < constraint.Literals.Count; i++)
                most = Math.Max(most, gains[constraint.Literals[i].Variable] / Math.Max(constraint.Least, Change(constraint, i)));
            bounds[c] = (1 + span) / constraint.Least;
            weights[c] = Math.Min(bounds[c], factor * Math.Max(1, Margin * most));
        }
    }

    /// <summary>By constraint, the soft ones' included.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>By constraint, how often it grew.</summary>
    public ReadOnlySpan<int> Raised => raised;

    /// <summary>The weight that suffices, by constraint.</summary>
    public ReadOnlySpan<double> Bounds => bounds;

    /// <summary>Raises the weight of a hard constraint.</summary>
    /// <returns>Whether it was below its bound.</returns>
    public bool Raise(int constraint)
    {
        if (weights[constraint] >= bounds[constraint]) return false;
        weights[constraint] = Math.Min(bounds[constraint], Growth * weights[constraint]);
        raised[constraint]++;
        return true;
    }

    /// <summary>At least the largest less the smallest possible soft energy.</summary>
    public double Span { get; }

    /// <summary>Adds energy to what each violation of a hard constraint costs.</summary>
    public void Add(double energy)
    {
        for (int c = 0; c < weights.Length; c++)
            if (constraints[c].IsHard) weights[c] += energy / constraints[c].Constraint.Least;
    }

    /// <summary>All weights as large as suffices.</summary>
    public void RaiseToBounds() => bounds.CopyTo(weights, 0);

    // The most that a flip of each variable changes objective and soft constraints by.
    static double[] Gains(IReadOnlyList<ProblemConstraint> constraints, BinaryEnergy objective)
    {
        double[] lowest = objective.Linear.ToArray(), highest = objective.Linear.ToArray();
        for (int e = 0; e < objective.Pairs; e++)
        {
            double weight = objective.Weights[e];
            double[] side = weight < 0 ? lowest : highest;
            side[objective.First[e]] += weight;
            side[objective.Second[e]] += weight;
        }
        double[] gains = [.. lowest.Zip(highest, (low, high) => Math.Max(Math.Abs(low), Math.Abs(high)))];
        foreach (ProblemConstraint soft in constraints)
            if (soft.Weight is double weight)
                for (int i = 0; i < soft.Constraint.Literals.Count; i++)
                    gains[soft.Constraint.Literals[i].Variable] += weight * Change(soft.Constraint, i);
        return gains;
    }

    // Of a sum, the square of what the literal adds to it.
    static double Change(Constraint constraint, int literal) =>
        constraint.Kind == ConstraintKind.Linear ? constraint.Factors[literal] * constraint.Factors[literal] : 1;

    static double SpanOf(IReadOnlyList<ProblemConstraint> constraints, BinaryEnergy objective)
    {
        double span = 0;
        foreach (double value in objective.Linear) span += Math.Abs(value);
        foreach (double value in objective.Weights) span += Math.Abs(value);
        foreach (ProblemConstraint soft in constraints)
            if (soft.Weight is double weight) span += weight * soft.Constraint.Most;
        return span;
    }
}
