namespace Boltzmann.Searching;

/// <summary>
/// A polynomial of hypotheses of degree 2 at most, c + Σ aᵢxᵢ + Σ bᵢⱼxᵢxⱼ, built with +, − and *; hypotheses, integers, spins and numbers
/// are expressions. As x is 0 or 1, x·x is x.
/// </summary>
public class Expression
{
    readonly double constant;
    readonly (int Variable, double Factor)[] linear;
    readonly (int First, int Second, double Factor)[] pairs;

    private protected Expression(Problem? problem, double constant, (int Variable, double Factor)[] linear)
        : this(problem, constant, linear, []) { }

    Expression(Problem? problem, double constant, (int Variable, double Factor)[] linear, (int First, int Second, double Factor)[] pairs)
    {
        Problem = problem;
        this.constant = constant;
        this.linear = linear;
        this.pairs = pairs;
    }

    /// <summary>2 with products of two hypotheses, 1 without, 0 for a number.</summary>
    public int Degree => pairs.Length > 0 ? 2 : linear.Length > 0 ? 1 : 0;

    internal Problem? Problem { get; }

    internal double Constant => constant;

    internal IReadOnlyList<(int Variable, double Factor)> Linear => linear;

    internal IReadOnlyList<(int First, int Second, double Factor)> Pairs => pairs;

    /// <summary>A number.</summary>
    public static implicit operator Expression(double number) => new(null, number, []);

    /// <summary>1 where the hypothesis holds, else 0.</summary>
    public static implicit operator Expression(Hypothesis x) =>
        x.IsNegated ? new(x.Problem, 1, [(x.Variable, -1)]) : new(x.Problem, 0, [(x.Variable, 1)]);

    /// <summary>The sum of many expressions, in time proportional to their terms.</summary>
    public static Expression Sum(IEnumerable<Expression> terms)
    {
        Problem? problem = null;
        double constant = 0;
        List<(int, double)> linear = [];
        List<(int, int, double)> pairs = [];
        foreach (Expression term in terms)
        {
            problem = Common(problem, term.Problem);
            constant += term.constant;
            linear.AddRange(term.linear);
            pairs.AddRange(term.pairs);
        }
        return new(problem, constant, [.. linear], [.. pairs]);
    }

    /// <summary>a + b.</summary>
    public static Expression operator +(Expression a, Expression b) =>
        new(Common(a.Problem, b.Problem), a.constant + b.constant, [.. a.linear, .. b.linear], [.. a.pairs, .. b.pairs]);

    /// <summary>a − b.</summary>
    public static Expression operator -(Expression a, Expression b) => a + -b;

    /// <summary>−a.</summary>
    public static Expression operator -(Expression a) => a.Times(-1);

    /// <summary>a·b.</summary>
    /// <exception cref="ArgumentException">The product has a higher degree than 2: name a part of it by <see
    /// cref="Problem.Product"/>.</exception>
    public static Expression operator *(Expression a, Expression b)
    {
        if (a.Degree == 0) return b.Times(a.constant, a.Problem);
        if (b.Degree == 0) return a.Times(b.constant, b.Problem);
        if (a.Degree + b.Degree > 2)
            throw new ArgumentException(
                $"a product of degrees {a.Degree} and {b.Degree} is not quadratic; give a part of it a name by Problem.Product");
        var linear = new List<(int, double)>();
        var pairs = new List<(int, int, double)>();
        foreach (var (variable, factor) in a.linear) linear.Add((variable, factor * b.constant));
        foreach (var (variable, factor) in b.linear) linear.Add((variable, factor * a.constant));
        foreach (var (first, factor) in a.linear)
            foreach (var (second, other) in b.linear)
                if (first == second) linear.Add((first, factor * other));
                else pairs.Add((first, second, factor * other));
        return new(Common(a.Problem, b.Problem), a.constant * b.constant, [.. linear], [.. pairs]);
    }

    /// <summary>Its value in a state.</summary>
    internal double Of(ReadOnlySpan<byte> state)
    {
        double sum = constant;
        foreach (var (variable, factor) in linear)
            if (state[variable] != 0) sum += factor;
        foreach (var (first, second, factor) in pairs)
            if ((state[first] & state[second]) != 0) sum += factor;
        return sum;
    }

    /// <summary>The problem that both belong to.</summary>
    internal static Problem? Common(Problem? a, Problem? b) => a is null || b is null || a == b ? a ?? b
        : throw new ArgumentException("the hypotheses belong to different problems");

    Expression Times(double factor, Problem? other = null) => new(Common(Problem, other), factor * constant,
        [.. linear.Select(term => (term.Variable, factor * term.Factor))],
        [.. pairs.Select(term => (term.First, term.Second, factor * term.Factor))]);
}
