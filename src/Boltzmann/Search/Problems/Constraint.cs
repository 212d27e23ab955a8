namespace Boltzmann.Searching;

/// <summary>
/// Something that hypotheses should satisfy. Soft or hard is decided where it is added: <see cref="Problem.Constrain"/>.
/// </summary>
public sealed partial class Constraint
{
    /// <summary>The largest range of a slack variable, 2²⁰.</summary>
    public const long MostSlack = 1 << 20;

    Constraint(ConstraintKind kind, ReadOnlySpan<Hypothesis> literals, params ConstraintPart[] parts)
    {
        Kind = kind;
        Literals = [.. literals];
        Parts = parts;
        foreach (Hypothesis literal in literals)
        {
            if (literal.Problem is null) throw new ArgumentException("a hypothesis belongs to no problem", nameof(literals));
            Problem = Expression.Common(Problem, literal.Problem);
        }
    }

    /// <summary>What is asked.</summary>
    public ConstraintKind Kind { get; }

    /// <summary>Of whom.</summary>
    public IReadOnlyList<Hypothesis> Literals { get; }

    /// <summary>The factor of each literal in a sum; empty for other kinds.</summary>
    public IReadOnlyList<double> Factors { get; private init; } = [];

    /// <summary>How a sum compares with its bound.</summary>
    public Relation Relation { get; private init; }

    /// <summary>The bound of a sum.</summary>
    public double Bound { get; private init; }

    /// <summary>The integers that differ; empty for other kinds.</summary>
    public IReadOnlyList<IntegerVariable> Integers { get; private init; } = [];

    /// <summary>
    /// By how much a factor or the bound of a sum of real numbers was changed at most, so that the sum counts whole steps; 0 if it was not.
    /// Factors are rounded and the bound is moved so that whatever keeps the rounded constraint keeps the constraint too.
    /// </summary>
    public double Rounding { get; private init; }

    internal Problem? Problem { get; private init; }

    internal ConstraintPart[] Parts { get; }

    /// <summary>Steps of a whole sum in one unit of its bound.</summary>
    internal double Scale { get; private init; } = 1;

    /// <summary>What the smallest violation costs.</summary>
    internal double Least => 1 / (Scale * Scale);

    /// <summary>The most that a state can cost.</summary>
    internal double Most => Parts.Sum(part => part.Most) * Least;

    /// <summary>Whether one literal at least holds: ∨ lᵢ, cost Π(1 − lᵢ).</summary>
    /// <exception cref="ArgumentException">No literal.</exception>
    public static Constraint Clause(params ReadOnlySpan<Hypothesis> literals)
    {
        if (literals.IsEmpty) throw new ArgumentException("a clause without literals never holds", nameof(literals));
        // With t literals that do not hold, all k of them cost 1 and fewer nothing: the helper takes away an even number, so that 2, 1 or 0
        // are left (Boros, Crama and Rodriguez-Heck 2018: ⌈log₂ k⌉ − 1 bits).
        int odd = literals.Length & 1, range = (literals.Length + odd - 2) / 2;
        Hypothesis[] negated = new Hypothesis[literals.Length];
        for (int i = 0; i < negated.Length; i++) negated[i] = !literals[i];
        return new(ConstraintKind.Clause, literals, new ConstraintPart(negated, Ones(negated.Length), odd, IsTriangle: true, range, -2));
    }

    /// <summary>Where x holds, y holds: the clause !x ∨ y, cost x(1 − y).</summary>
    public static Constraint Implies(Hypothesis x, Hypothesis y) => Clause(!x, y);

    /// <summary>Both hold or neither: cost x + y − 2xy.</summary>
    public static Constraint Equal(Hypothesis x, Hypothesis y) => Xor(x, !y);

    /// <summary>One of the two holds: cost 1 − x − y + 2xy.</summary>
    public static Constraint NotEqual(Hypothesis x, Hypothesis y) => Xor(x, y);

    /// <summary>An odd number of the literals hold: cost 1 where the number is even, (Σl − 1 − 2s)² with the helper s.</summary>
    /// <exception cref="ArgumentException">No literal.</exception>
    public static Constraint Xor(params ReadOnlySpan<Hypothesis> literals)
    {
        if (literals.IsEmpty) throw new ArgumentException("the parity of no literals is never odd", nameof(literals));
        return new(ConstraintKind.Xor, literals,
            new ConstraintPart([.. literals], Ones(literals.Length), -1, Range: (literals.Length - 1) / 2, Step: -2));
    }

    /// <summary>One of the literals holds and no other: cost (1 − Σl)².</summary>
    public static Constraint ExactlyOne(params ReadOnlySpan<Hypothesis> literals) => Exactly(1, literals);

    /// <summary>So many literals hold: cost (Σl − k)².</summary>
    public static Constraint Exactly(int k, params ReadOnlySpan<Hypothesis> literals) => Count(Relation.Equal, k, literals);

    /// <summary>No more than k literals hold: for k = 1 each pair of them costs 1, otherwise cost (Σl − k)² beyond k.</summary>
    public static Constraint AtMost(int k, params ReadOnlySpan<Hypothesis> literals) => Count(Relation.AtMost, k, literals);

    /// <summary>No fewer than k literals hold: for k = 1 as a clause, otherwise cost (Σl − k)² below k.</summary>
    public static Constraint AtLeast(int k, params ReadOnlySpan<Hypothesis> literals) => Count(Relation.AtLeast, k, literals);

    /// <summary>z holds exactly where x and y do: cost xy − 2xz − 2yz + 3z.</summary>
    public static Constraint Product(Hypothesis z, Hypothesis x, Hypothesis y) =>
        new(ConstraintKind.Product, [z, x, y], new ConstraintPart([x, y, z], [1, 1, -2], 0, IsTriangle: true));

    /// <summary>No two of the integers have the same value: each pair that has costs 1.</summary>
    /// <exception cref="ArgumentException">An integer has no hypothesis for each value, as <see cref="IntegerEncoding.OneHot"/>
    /// has.</exception>
    public static Constraint AllDifferent(params ReadOnlySpan<IntegerVariable> integers)
    {
        var byValue = new SortedDictionary<int, List<Hypothesis>>();
        List<Hypothesis> all = [];
        foreach (IntegerVariable integer in integers)
        {
            if (integer.Encoding != IntegerEncoding.OneHot)
                throw new ArgumentException(
                    $"{integer.Name} is {integer.Encoding}: integers that differ need a hypothesis for each value, OneHot");
            for (int value = integer.Low; value <= integer.High; value++)
            {
                if (!byValue.TryGetValue(value, out List<Hypothesis>? list)) byValue.Add(value, list = []);
                list.Add(integer.Is(value));
                all.Add(integer.Is(value));
            }
        }
        return new(ConstraintKind.AllDifferent, [.. all], [.. byValue.Values.Where(list => list.Count > 1)
            .Select(list => new ConstraintPart([.. list], Ones(list.Count), 0, IsTriangle: true))])
        { Integers = [.. integers] };
    }

    /// <summary>What a state costs with the best helpers, in units of the weight: 0 exactly where the constraint holds.</summary>
    internal double Cost(ReadOnlySpan<byte> state)
    {
        double sum = 0;
        foreach (ConstraintPart part in Parts) sum += part.Best(part.Sum(state)).Cost;
        return sum * Least;
    }

    /// <summary>How far from holding.</summary>
    internal double Amount(ReadOnlySpan<byte> state)
    {
        if (Kind == ConstraintKind.AllDifferent) return Cost(state);
        if (Kind != ConstraintKind.Linear) return Cost(state) > 0 ? 1 : 0;
        double excess = (RawSum(state) - WholeBound) / Scale;
        return Relation switch
        {
            Relation.Equal => Math.Abs(excess),
            Relation.AtMost => Math.Max(0, excess),
            _ => Math.Max(0, -excess),
        };
    }

    static long[] Ones(int count)
    {
        long[] ones = new long[count];
        ones.AsSpan().Fill(1);
        return ones;
    }
}
