namespace Boltzmann.Searching;

/// <summary>
/// What a state that was drawn with its helpers is worth of the distribution without them: 0 where it breaks a hard constraint; otherwise
/// for each part of a constraint e^(−c/T) at the best value of its helper, by the sum of that over all states of the helper's bits, which
/// have all been drawn as if they were different states.
/// </summary>
/// <param name="compiled">Hypotheses and helpers.</param>
/// <param name="temperature">T, in the unit of energy.</param>
sealed class DrawWorth(CompiledProblem compiled, double temperature)
{
    /// <summary>Less than this beside the best value is nothing.</summary>
    const double Negligible = 40;

    readonly (ConstraintPart Part, double Weight, Dictionary<long, double> Known, long[] Ways)[] parts =
        [.. compiled.Constraints.SelectMany((entry, c) => entry.Constraint.Parts.Where(part => part.Range > 0)
            .Select(part => (part, compiled.Weights[c] * entry.Constraint.Least, new Dictionary<long, double>(), WaysOf(part))))];

    public double Of(byte[] state)
    {
        byte[] hypotheses = state[..compiled.Hypotheses];
        if (compiled.Broken(hypotheses).Any()) return 0;
        double worth = 1;
        foreach (var (part, weight, known, ways) in parts)
        {
            long sum = part.Sum(hypotheses);
            if (!known.TryGetValue(sum, out double own)) known[sum] = own = Worth(part, weight, ways, sum);
            worth *= own;
        }
        return worth;
    }

    // By value of the helper, how many states of its bits have it.
    static long[] WaysOf(ConstraintPart part)
    {
        long[] ways = new long[part.Range + 1];
        ways[0] = 1;
        foreach (long factor in part.Helpers)
            for (long s = part.Range; s >= factor; s--) ways[s] += ways[s - factor];
        return ways;
    }

    double Worth(ConstraintPart part, double weight, long[] ways, long sum)
    {
        var (at, least) = part.Best(sum);
        double all = 0;
        // The cost rises to both sides of its least value.
        for (long s = at; s <= part.Range && Add(s); s++) { }
        for (long s = at - 1; s >= 0 && Add(s); s--) { }
        return 1 / all;

        bool Add(long s)
        {
            double more = weight * (part.CostAt(sum + part.Step * s) - least) / temperature;
            if (more > Negligible) return false;
            all += ways[s] * Math.Exp(-more);
            return true;
        }
    }
}
