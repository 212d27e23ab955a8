namespace Boltzmann.Searching;

/// <summary>
/// A statement that is true or false: a binary variable x of a <see cref="Problem"/>, or its negation !x = 1 − x. In sums and products it
/// is the number 1 or 0.
/// </summary>
public readonly struct Hypothesis : IEquatable<Hypothesis>
{
    internal Hypothesis(Problem problem, int variable, bool isNegated = false)
    {
        Problem = problem;
        Variable = variable;
        IsNegated = isNegated;
    }

    /// <summary>Number of the variable in its problem, from 0 on.</summary>
    public int Variable { get; }

    /// <summary>Whether it holds where the variable is off.</summary>
    public bool IsNegated { get; }

    /// <summary>The variable's name, behind "!" if it is negated.</summary>
    public string Name => Problem is null ? "" : (IsNegated ? "!" : "") + Problem.NameOf(Variable);

    internal Problem? Problem { get; }

    /// <summary>The opposite.</summary>
    public static Hypothesis operator !(Hypothesis x) => new(x.Problem!, x.Variable, !x.IsNegated);

    /// <summary>x + y.</summary>
    public static Expression operator +(Hypothesis x, Hypothesis y) => (Expression)x + (Expression)y;

    /// <summary>x + y.</summary>
    public static Expression operator +(Hypothesis x, Expression y) => (Expression)x + y;

    /// <summary>x + y.</summary>
    public static Expression operator +(Expression x, Hypothesis y) => x + (Expression)y;

    /// <summary>x − y.</summary>
    public static Expression operator -(Hypothesis x, Hypothesis y) => (Expression)x - (Expression)y;

    /// <summary>x − y.</summary>
    public static Expression operator -(Hypothesis x, Expression y) => (Expression)x - y;

    /// <summary>x − y.</summary>
    public static Expression operator -(Expression x, Hypothesis y) => x - (Expression)y;

    /// <summary>−x.</summary>
    public static Expression operator -(Hypothesis x) => -(Expression)x;

    /// <summary>x·y.</summary>
    public static Expression operator *(Hypothesis x, Hypothesis y) => (Expression)x * (Expression)y;

    /// <summary>x·y.</summary>
    public static Expression operator *(Hypothesis x, Expression y) => (Expression)x * y;

    /// <summary>x·y.</summary>
    public static Expression operator *(Expression x, Hypothesis y) => x * (Expression)y;

    /// <summary>Whether both are the same variable of the same problem, and both negated or neither.</summary>
    public static bool operator ==(Hypothesis left, Hypothesis right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Hypothesis left, Hypothesis right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Hypothesis other) =>
        ReferenceEquals(Problem, other.Problem) && Variable == other.Variable && IsNegated == other.IsNegated;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hypothesis other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Variable, IsNegated);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether it holds in a state.</summary>
    internal bool Holds(ReadOnlySpan<byte> state) => (state[Variable] != 0) != IsNegated;
}
