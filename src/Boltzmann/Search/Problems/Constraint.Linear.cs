using System.Globalization;

namespace Boltzmann.Searching;

/// <content>Sums that are compared with a bound.</content>
public sealed partial class Constraint
{
    const int MostDecimals = 9;

    /// <summary>Factors and bounds beyond this lose their last digits when squared.</summary>
    const double Largest = 1L << 26;

    /// <summary>Steps that a rounded sum has at most.</summary>
    const double RoundedSteps = 1 << 16;

    const int LongestText = 60;

    long[] WholeFactors { get; init; } = [];

    long WholeBound { get; init; }

    /// <summary>A sum of hypotheses compared with a bound: cost (its distance from the bound)², slack bits doing the rest.</summary>
    /// <param name="sum">Of degree 1 at most.</param>
    /// <param name="relation">How they compare.</param>
    /// <param name="bound">Any number; numbers with up to nine decimals are exact, others are rounded: see <see cref="Rounding"/>.</param>
    /// <exception cref="ArgumentException">Products in the sum, numbers that are not finite or too large, an equation of numbers that have
    /// to be rounded, or a slack variable whose range is beyond <see cref="MostSlack"/>.</exception>
    public static Constraint Linear(Expression sum, Relation relation, double bound)
    {
        ArgumentNullException.ThrowIfNull(sum);
        if (sum.Degree > 1)
            throw new ArgumentException("the sum has products of hypotheses; give each a name by Problem.Product", nameof(sum));
        // Equal terms merge, in order.
        var factors = new SortedDictionary<int, double>();
        foreach (var (variable, factor) in sum.Linear) factors[variable] = factors.GetValueOrDefault(variable) + factor;
        (int Variable, double Factor)[] terms = [.. factors.Where(term => term.Value != 0).Select(term => (term.Key, term.Value))];
        return Linear([.. terms.Select(term => new Hypothesis(sum.Problem!, term.Variable))], [.. terms.Select(term => term.Factor)],
            relation, bound - sum.Constant);
    }

    /// <summary>Σ factorᵢ·literalᵢ compared with a bound: see <see cref="Linear(Expression, Relation, double)"/>.</summary>
    public static Constraint Linear(ReadOnlySpan<Hypothesis> literals, ReadOnlySpan<double> factors, Relation relation, double bound)
    {
        if (literals.Length != factors.Length)
            throw new ArgumentException($"there are {literals.Length} literals, but {factors.Length} factors", nameof(factors));
        foreach (double factor in factors) Check(factor);
        Check(bound);
        double scale = Exact(factors, relation, bound) ?? Rounded(factors, relation, bound);
        // Towards what is stricter: whoever keeps the rounded constraint keeps the constraint.
        double most = relation == Relation.AtMost ? 1 : -1, rounding = 0;
        long[] whole = new long[factors.Length];
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] = (long)Stricter(factors[i] * scale, most);
            rounding = Math.Max(rounding, Math.Abs(whole[i] / scale - factors[i]));
        }
        long wholeBound = (long)Stricter(bound * scale, -most);
        rounding = Math.Max(rounding, Math.Abs(wholeBound / scale - bound));
        long divisor = Divisor(whole, wholeBound);
        for (int i = 0; i < whole.Length; i++) whole[i] /= divisor;
        wholeBound /= divisor;
        scale /= divisor;
        return new(ConstraintKind.Linear, literals, Compared([.. literals], whole, relation, wholeBound, isInSteps: scale == 1))
        {
            Factors = [.. factors],
            Relation = relation,
            Bound = bound,
            WholeFactors = whole,
            WholeBound = wholeBound,
            Scale = scale,
            Rounding = rounding < 1e-9 ? 0 : rounding,
        };
    }

    /// <summary>Whether it asks for exactly one of some literals.</summary>
    internal bool IsExactlyOne => Kind == ConstraintKind.Linear && Relation == Relation.Equal && Scale == 1 && WholeBound == 1
        && WholeFactors.All(factor => factor == 1);

    /// <summary>What is asked, in words: "a ∨ !b", "2 a + b ≤ 3".</summary>
    public override string ToString()
    {
        string text = Kind switch
        {
            ConstraintKind.Clause => string.Join(" ∨ ", Literals),
            ConstraintKind.Xor => string.Join(" ⊕ ", Literals),
            ConstraintKind.Product => $"{Literals[0]} = {Literals[1]}·{Literals[2]}",
            ConstraintKind.AllDifferent => "all different: " + string.Join(", ", Integers.Select(integer => integer.Name)),
            _ => string.Join(" + ", Literals.Select((literal, i) => Factors[i] == 1 ? literal.Name
                    : Factors[i].ToString(CultureInfo.InvariantCulture) + " " + literal.Name))
                + Relation switch { Relation.Equal => " = ", Relation.AtMost => " ≤ ", _ => " ≥ " }
                + Bound.ToString(CultureInfo.InvariantCulture),
        };
        return text.Length <= LongestText ? text : text[..(LongestText / 2)] + " … " + text[^(LongestText / 2)..];
    }

    static Constraint Count(Relation relation, int k, ReadOnlySpan<Hypothesis> literals)
    {
        double[] ones = new double[literals.Length];
        ones.AsSpan().Fill(1);
        return Linear(literals, ones, relation, k);
    }

    static ConstraintPart[] Compared(Hypothesis[] literals, long[] factors, Relation relation, long bound, bool isInSteps)
    {
        long lowest = 0, highest = 0;
        foreach (long factor in factors)
            if (factor < 0) lowest += factor;
            else highest += factor;
        bool isCount = isInSteps && Array.TrueForAll(factors, factor => factor == 1);
        if (relation == Relation.Equal) return [new(literals, factors, -bound)];
        if (relation == Relation.AtMost)
        {
            if (highest <= bound) return [];
            return [isCount && bound == 1 ? new(literals, factors, 0, IsTriangle: true)
                : new(literals, factors, -bound, Range: Slack(bound - lowest))];
        }
        if (lowest >= bound) return [];
        return isCount && bound == 1 && literals.Length > 0 ? Clause(literals).Parts
            : [new(literals, factors, -bound, Range: Slack(highest - bound), Step: -1)];
    }

    // A sum that cannot come near its bound needs none.
    static long Slack(long range) => range <= MostSlack ? Math.Max(0, range)
        : throw new ArgumentException($"the sum may lie {range:N0} steps inside its bound, but slack goes to {MostSlack:N0} only; "
            + "divide factors and bound, or round them");

    // Common steps need no slack of their own.
    static long Divisor(long[] factors, long bound)
    {
        long divisor = Math.Abs(bound);
        foreach (long factor in factors)
            for (long rest = Math.Abs(factor); rest != 0;) (divisor, rest) = (rest, divisor % rest);
        return Math.Max(1, divisor);
    }

    double RawSum(ReadOnlySpan<byte> state)
    {
        long sum = 0;
        for (int i = 0; i < WholeFactors.Length; i++)
            if (Literals[i].Holds(state)) sum += WholeFactors[i];
        return sum;
    }

    static void Check(double value)
    {
        if (!(Math.Abs(value) <= Largest))
            throw new ArgumentException($"a sum has the number {value}, which is not finite or beyond {Largest:N0}");
    }

    // The factor that makes whole numbers of these; null if up to nine decimals do not suffice, or leave too many steps for slack.
    static double? Exact(ReadOnlySpan<double> factors, Relation relation, double bound)
    {
        double scale = 1;
        for (int decimals = 0; decimals <= MostDecimals; decimals++, scale *= 10)
        {
            double sum = 0;
            bool all = IsWhole(bound * scale);
            foreach (double factor in factors)
            {
                all &= IsWhole(factor * scale);
                sum += Math.Abs(factor * scale);
            }
            bool isLarge = Math.Max(sum, Math.Abs(bound * scale)) > Largest || (relation != Relation.Equal && sum > MostSlack);
            if (decimals > 0 && isLarge) return null;
            if (all) return scale;
        }
        return null;
    }

    static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) <= 1e-12 * Math.Max(1, Math.Abs(value));

    static double Rounded(ReadOnlySpan<double> factors, Relation relation, double bound)
    {
        if (relation == Relation.Equal)
            throw new ArgumentException(
                "an equation of numbers with more than nine decimals cannot hold: give whole numbers, or two bounds");
        double largest = Math.Abs(bound);
        foreach (double factor in factors) largest = Math.Max(largest, Math.Abs(factor));
        double sum = 0;
        foreach (double factor in factors) sum += Math.Abs(factor);
        // A power of two, so that what is whole already stays so as far as it can.
        return Math.Pow(2, Math.Floor(Math.Log2(RoundedSteps / Math.Max(1e-300, Math.Max(sum, largest)))));
    }

    static double Stricter(double value, double direction)
    {
        double nearest = Math.Round(value);
        if (Math.Abs(value - nearest) <= 1e-9 * Math.Max(1, Math.Abs(value))) return nearest;
        return direction > 0 ? Math.Ceiling(value) : Math.Floor(value);
    }
}
