namespace Boltzmann.Searching;

/// <summary>
/// What a constraint costs, or a part of it: min over s of c(t), t = Σ factorᵢ·literalᵢ + constant + step·s, with s from 0 to range the
/// helper, and c(t) = t² or the triangle t(t − 1)/2, which is 0 at 0 and 1. All constraints are such sums, so one quadratisation serves
/// them.
/// </summary>
/// <param name="Literals">Each is 1 where it holds.</param>
/// <param name="Factors">Of the literals.</param>
/// <param name="Constant">Added to the sum.</param>
/// <param name="IsTriangle">Whether c(t) = t(t − 1)/2.</param>
/// <param name="Range">The greatest s; 0 for no helper.</param>
/// <param name="Step">What one s adds to t.</param>
sealed record ConstraintPart(Hypothesis[] Literals, long[] Factors, long Constant, bool IsTriangle = false, long Range = 0, int Step = 1)
{
    readonly long[] helpers = HelperBits.Factors(Range);

    /// <summary>What the helper's bits count.</summary>
    public long[] Helpers => helpers;

    /// <summary>t without the helper.</summary>
    public long Sum(ReadOnlySpan<byte> state)
    {
        long sum = Constant;
        for (int i = 0; i < Literals.Length; i++)
            if (Literals[i].Holds(state)) sum += Factors[i];
        return sum;
    }

    /// <summary>The best helper for t without it, and what is then left to pay.</summary>
    public (long Helper, double Cost) Best(long sum)
    {
        // c falls to 0 and rises behind it: the best helpers are those beside the zero of t.
        long below = Math.Clamp((long)Math.Floor(-(double)sum / Step), 0, Range), above = Math.Min(below + 1, Range);
        double first = CostAt(sum + Step * below), second = CostAt(sum + Step * above);
        return second < first ? (above, second) : (below, first);
    }

    /// <summary>The most that a state can cost.</summary>
    public double Most
    {
        get
        {
            long lowest = Constant, highest = Constant;
            foreach (long factor in Factors)
                if (factor < 0) lowest += factor;
                else highest += factor;
            return Math.Max(Best(lowest).Cost, Best(highest).Cost);
        }
    }

    /// <summary>Adds the weighted cost to an energy.</summary>
    /// <param name="energy">Where it goes.</param>
    /// <param name="weight">Factor of the cost.</param>
    /// <param name="first">The first helper's number in the energy.</param>
    public void AddTo(BinaryEnergyBuilder energy, double weight, int first)
    {
        int count = Literals.Length;
        int[] variables = new int[count + helpers.Length];
        double[] factors = new double[variables.Length];
        double constant = Constant;
        for (int i = 0; i < count; i++)
        {
            variables[i] = Literals[i].Variable;
            factors[i] = Literals[i].IsNegated ? -Factors[i] : Factors[i];
            if (Literals[i].IsNegated) constant += Factors[i];
        }
        for (int k = 0; k < helpers.Length; k++) (variables[count + k], factors[count + k]) = (first + k, (double)Step * helpers[k]);
        if (!IsTriangle)
        {
            energy.AddSquare(variables, factors, constant, weight);
            return;
        }
        // t(t − 1)/2, pair by pair, so that whole numbers stay whole where they can.
        energy.Add(weight * constant * (constant - 1) / 2);
        for (int i = 0; i < variables.Length; i++)
        {
            energy.Add(variables[i], weight * factors[i] * (factors[i] + 2 * constant - 1) / 2);
            for (int j = 0; j < i; j++) energy.Add(variables[i], variables[j], weight * factors[i] * factors[j]);
        }
    }

    /// <summary>c(t).</summary>
    public double CostAt(long t) => IsTriangle ? (double)t * (t - 1) / 2 : (double)t * t;
}
