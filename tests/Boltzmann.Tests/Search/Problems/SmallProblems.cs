using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching.Problems;

/// <summary>
/// Random problems small enough to enumerate: every kind of constraint, soft and hard, integers of each encoding, weights of all sizes.
/// </summary>
static class SmallProblems
{
    /// <summary>The most variables with helpers, so that 2ⁿ states are enumerated at once.</summary>
    public const int MostVariables = 13;

    /// <summary>A problem with up to so many variables, helpers of the plain form included.</summary>
    public static Problem Random(ulong seed, bool withObjective = true, bool withHard = true, bool withSoft = true)
    {
        for (uint stream = 0; ; stream++)
        {
            Problem problem = Draw(new Rng(seed, stream), withObjective, withHard, withSoft);
            if (problem.Compile(blocks: false).Energy.Variables <= MostVariables) return problem;
        }
    }

    /// <summary>All states of so many variables.</summary>
    public static IEnumerable<byte[]> States(int variables)
    {
        for (int number = 0; number < 1 << variables; number++) yield return State(number, variables);
    }

    /// <summary>The state whose bits are a number's.</summary>
    public static byte[] State(int number, int variables)
    {
        byte[] state = new byte[variables];
        for (int i = 0; i < variables; i++) state[i] = (byte)(number >> i & 1);
        return state;
    }

    /// <summary>A constraint of a kind from 0 on, over hypotheses of a problem.</summary>
    public static Constraint ConstraintOf(int kind, Hypothesis[] all, Rng rng)
    {
        Hypothesis[] some = Some(all, 1 + rng.NextInteger(Math.Min(6, all.Length)), rng);
        int k = rng.NextInteger(some.Length + 1);
        return kind switch
        {
            0 => Constraint.Clause(some),
            1 => Constraint.Xor(some),
            2 => Constraint.ExactlyOne(some),
            3 => Constraint.AtMost(k, some),
            4 => Constraint.AtLeast(k, some),
            5 => Constraint.Exactly(k, some),
            6 => Constraint.Product(some[0], some[^1], some[some.Length / 2]),
            7 => Constraint.Implies(some[0], some[^1]),
            8 => Constraint.Equal(some[0], some[^1]),
            9 => Constraint.NotEqual(some[0], some[^1]),
            10 => Sum(some, rng, _ => rng.NextInteger(7) - 3, rng.NextInteger(7) - 3, (Relation)rng.NextInteger(3)),
            11 => Sum(some, rng, _ => (rng.NextInteger(9) - 4) / 2.0, (rng.NextInteger(9) - 4) / 2.0, (Relation)rng.NextInteger(3)),
            _ => Sum(some, rng, _ => rng.NextUniform() * 3, 1 + rng.NextUniform(),
                rng.NextInteger(2) == 0 ? Relation.AtMost : Relation.AtLeast),
        };
    }

    /// <summary>
    /// How many kinds <see cref="ConstraintOf"/> has; the last one has real factors, which are rounded and take many slack bits.
    /// </summary>
    public const int Kinds = 13;

    static Constraint Sum(Hypothesis[] some, Rng rng, Func<int, double> factor, double bound, Relation relation) =>
        Constraint.Linear(some, [.. some.Select((_, i) => factor(i))], relation, bound);

    static Problem Draw(Rng rng, bool withObjective, bool withHard, bool withSoft)
    {
        var problem = new Problem();
        var all = new List<Hypothesis>();
        int plain = 2 + rng.NextInteger(6);
        for (int i = 0; i < plain; i++)
            all.Add(rng.NextInteger(4) == 0 ? problem.Spin($"s{i}").Up : problem.Add($"x{i}"));
        if (rng.NextInteger(2) == 0)
        {
            IntegerVariable n = problem.Integer("n", -1, 1 + rng.NextInteger(2), (IntegerEncoding)rng.NextInteger(3));
            all.AddRange(n.Bits);
            if (n.Encoding == IntegerEncoding.OneHot && rng.NextInteger(2) == 0)
            {
                IntegerVariable m = problem.Integer("m", 0, 1 + rng.NextInteger(2), IntegerEncoding.OneHot);
                all.AddRange(m.Bits);
                problem.AllDifferent(n, m);
            }
            if (withObjective) problem.Objective(Weight(rng, 0) * n * n);
        }
        Hypothesis[] literals = [.. all];
        int size = rng.NextInteger(3);
        if (withObjective)
            for (int t = 0; t < 8; t++)
            {
                Hypothesis x = Some(literals, 1, rng)[0], y = Some(literals, 1, rng)[0];
                if (t % 2 == 0) problem.Cost(x, y, Weight(rng, size));
                else problem.Prefer(x, Weight(rng, size));
            }
        if (withSoft)
            for (int c = rng.NextInteger(4); c >= 0; c--)
                problem.Constrain(ConstraintOf(rng.NextInteger(Kinds - 1), literals, rng), Math.Abs(Weight(rng, size)) + 0.5);
        if (withHard)
            for (int c = rng.NextInteger(4); c >= 0; c--) problem.Constrain(ConstraintOf(rng.NextInteger(Kinds - 1), literals, rng));
        return problem;
    }

    // Whole, real, or huge.
    static double Weight(Rng rng, int size) => size switch
    {
        0 => rng.NextInteger(11) - 5,
        1 => 4 * rng.NextUniform() - 2,
        _ => 1e7 * (2 * rng.NextUniform() - 1),
    };

    // Literals, some of them negated; none twice.
    static Hypothesis[] Some(Hypothesis[] all, int count, Rng rng)
    {
        Hypothesis[] shuffled = [.. all];
        rng.Shuffle<Hypothesis>(shuffled);
        return [.. shuffled.Take(count).Select(x => rng.NextInteger(3) == 0 ? !x : x)];
    }
}
