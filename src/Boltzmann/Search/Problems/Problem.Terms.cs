namespace Boltzmann.Searching;

/// <content>Ways to say what is wanted: parts of the objective, and constraints.</content>
public sealed partial class Problem
{
    /// <summary>−a·x: a positive a speaks for a hypothesis, a negative one against it.</summary>
    public void Prefer(Hypothesis x, double a) => Cost(x, -a);

    /// <summary>Energy c where x holds.</summary>
    public void Cost(Hypothesis x, double c) => AddObjective(Own(x), c);

    /// <summary>Energy c where x and y hold.</summary>
    public void Cost(Hypothesis x, Hypothesis y, double c) => AddObjective(Own(x) * (Expression)Own(y), c);

    /// <summary>Adds to what is to be as small as possible.</summary>
    /// <exception cref="ArgumentException">Numbers that are not finite, hypotheses of another problem, or the problem
    /// maximises.</exception>
    public void Objective(Expression expression)
    {
        SetSense(false);
        AddObjective(expression, 1);
    }

    /// <summary>Adds to what is to be as large as possible: its negative is energy, and reports show the objective as it is.</summary>
    /// <exception cref="ArgumentException">Numbers that are not finite, hypotheses of another problem, or the problem
    /// minimises.</exception>
    public void Maximise(Expression expression)
    {
        SetSense(true);
        AddObjective(expression, -1);
    }

    /// <summary>The two support each other: energy w if they differ, w(x + y − 2xy).</summary>
    /// <exception cref="ArgumentException">w is not above 0: hypotheses that oppose each other have <see cref="Oppose"/>.</exception>
    public void Support(Hypothesis x, Hypothesis y, double w) => Constrain(Constraint.Equal(x, y), w, $"{x} supports {y}");

    /// <summary>The two oppose each other: energy w if they agree, w(1 − x − y + 2xy).</summary>
    /// <exception cref="ArgumentException">w is not above 0.</exception>
    public void Oppose(Hypothesis x, Hypothesis y, double w) => Constrain(Constraint.NotEqual(x, y), w, $"{x} opposes {y}");

    /// <summary>Where x holds, y must.</summary>
    public void Implies(Hypothesis x, Hypothesis y, double? weight = null, string? name = null) =>
        Constrain(Constraint.Implies(x, y), weight, name ?? $"{x} implies {y}");

    /// <summary>Both must hold or neither.</summary>
    public void Equal(Hypothesis x, Hypothesis y, double? weight = null, string? name = null) =>
        Constrain(Constraint.Equal(x, y), weight, name ?? $"{x} = {y}");

    /// <summary>One of the two must hold.</summary>
    public void NotEqual(Hypothesis x, Hypothesis y, double? weight = null, string? name = null) =>
        Constrain(Constraint.NotEqual(x, y), weight, name ?? $"{x} ≠ {y}");

    /// <summary>One literal at least must hold; a soft one is <see cref="Constraint.Clause"/> with a weight, as are all below.</summary>
    public void Clause(params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.Clause(literals));

    /// <summary>An odd number of literals must hold.</summary>
    public void Xor(params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.Xor(literals));

    /// <summary>One must hold and no other; a block where the hypotheses are in no other one.</summary>
    public void ExactlyOne(params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.ExactlyOne(literals));

    /// <summary>So many must hold.</summary>
    public void Exactly(int k, params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.Exactly(k, literals));

    /// <summary>No more than k may hold.</summary>
    public void AtMost(int k, params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.AtMost(k, literals));

    /// <summary>No fewer than k may hold.</summary>
    public void AtLeast(int k, params ReadOnlySpan<Hypothesis> literals) => Constrain(Constraint.AtLeast(k, literals));

    /// <summary>A sum compared with a bound: see <see cref="Constraint.Linear(Expression, Relation, double)"/>.</summary>
    public void Linear(Expression sum, Relation relation, double bound, double? weight = null, string? name = null) =>
        Constrain(Constraint.Linear(sum, relation, bound), weight, name);

    /// <summary>No two of the integers may have the same value.</summary>
    public void AllDifferent(params ReadOnlySpan<IntegerVariable> of) => Constrain(Constraint.AllDifferent(of));

    /// <summary>A new hypothesis that holds exactly where x and y do: then products of three and more can be written.</summary>
    /// <param name="x">One factor.</param>
    /// <param name="y">The other.</param>
    /// <param name="name">Its name; null for "x·y", in brackets where x is negated.</param>
    public Hypothesis Product(Hypothesis x, Hypothesis y, string? name = null)
    {
        Hypothesis z = Add(name ?? (Own(x).IsNegated ? $"({x}·{Own(y)})" : $"{x}·{Own(y)}"));
        Constrain(Constraint.Product(z, x, y), name: $"{z} = {x}·{y}");
        return z;
    }

    internal void SetSense(bool maximise)
    {
        if (isMaximised is bool was && was != maximise)
            throw new ArgumentException($"the problem {(was ? "maximises" : "minimises")} its objective already");
        isMaximised = maximise;
    }

    internal void AddObjective(Expression expression, double factor)
    {
        ArgumentNullException.ThrowIfNull(expression);
        if (expression.Problem is not null && expression.Problem != this)
            throw new ArgumentException("the expression is about hypotheses of another problem", nameof(expression));
        objective.Add(factor * expression.Constant);
        foreach (var (variable, value) in expression.Linear) objective.Add(variable, factor * value);
        foreach (var (first, second, value) in expression.Pairs) objective.Add(first, second, factor * value);
    }
}
