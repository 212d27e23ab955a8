namespace Boltzmann.Searching;

/// <summary>
/// Descent among hypotheses alone, slack and helpers always at their best values: flips, moves of blocks, exchanges of two hypotheses of
/// one sum, and of the values of two blocks that share a constraint, until none lowers the energy.
/// </summary>
sealed class SolutionDescent
{
    /// <summary>Sums with more terms are not tried for exchanges, whose number grows with the square.</summary>
    const int LongestSum = 256;

    /// <summary>Pairs of blocks whose values are exchanged, at most.</summary>
    const int MostPairs = 1 << 16;

    /// <summary>Far more than descents take.</summary>
    const int MostPasses = 10_000;

    readonly BinaryEnergy objective;
    readonly ConstraintPart[] parts;
    readonly double[] weights, costs, differences;
    readonly long[] sums;
    readonly int[] starts, partOf;
    readonly long[] factors;
    readonly int[] single;
    readonly IReadOnlyList<IReadOnlyList<int>> blocks;
    readonly int[][] exchanges;
    readonly (int First, int Second)[] pairs;
    readonly bool[] isKnown;
    readonly double least;
    byte[] state = [];

    public SolutionDescent(CompiledProblem compiled, BinaryEnergy objective, IEnumerable<(Constraint Constraint, double Weight)> costly,
        IReadOnlyDictionary<int, bool> known)
    {
        this.objective = objective;
        int n = objective.Variables;
        (Constraint Constraint, double Weight)[] entries = [.. costly];
        (ConstraintPart Part, double Weight)[] all =
            [.. entries.SelectMany(entry => entry.Constraint.Parts.Select(part => (part, entry.Weight * entry.Constraint.Least)))];
        parts = [.. all.Select(entry => entry.Part)];
        weights = [.. all.Select(entry => entry.Weight)];
        (sums, costs, differences) = (new long[parts.Length], new double[parts.Length], new double[n]);
        (starts, partOf, factors) = ByVariable(n);
        isKnown = new bool[n];
        foreach (int i in known.Keys) isKnown[i] = true;
        blocks = compiled.Blocks;
        int[] blockOf = new int[n];
        blockOf.AsSpan().Fill(-1);
        for (int b = 0; b < blocks.Count; b++)
            foreach (int i in blocks[b]) blockOf[i] = b;
        single = [.. Enumerable.Range(0, n).Where(i => blockOf[i] < 0 && !isKnown[i])];
        exchanges = [.. entries.Select(entry => entry.Constraint)
            .Where(constraint => constraint.Kind == ConstraintKind.Linear && constraint.Literals.Count <= LongestSum)
            .Select(constraint => constraint.Literals.Select(literal => literal.Variable).Distinct()
                .Where(i => blockOf[i] < 0 && !isKnown[i]).ToArray())
            .Where(own => own.Length > 1)];
        pairs = Pairs(entries.Where(entry => entry.Constraint.Kind == ConstraintKind.AllDifferent || entry.Constraint.IsExactlyOne)
            .Select(entry => entry.Constraint), blockOf);
        double sum = 1;
        foreach (double value in objective.Linear) sum += Math.Abs(value);
        foreach (double value in objective.Weights) sum += Math.Abs(value);
        // What rounding can make of sums of all that; a smaller gain is none.
        least = 1e-13 * (sum + weights.Sum());
    }

    /// <summary>What was looked at so far, in terms of sums; so that whoever calls can ration it.</summary>
    public long Work { get; private set; }

    /// <summary>Whether it has moves that the energy with its helpers has not.</summary>
    public bool IsStronger => exchanges.Length > 0 || pairs.Length > 0 || Array.Exists(parts, part => part.Range > 0);

    /// <summary>Lowers the energy of a state of the hypotheses.</summary>
    /// <param name="hypotheses">0 or 1 each, with exactly one of each block; not changed.</param>
    public byte[] Lower(ReadOnlySpan<byte> hypotheses)
    {
        state = hypotheses.ToArray();
        Begin();
        for (int pass = 0; pass < MostPasses && (Flips() | Moves() || Exchanges() | Swaps()); pass++) { }
        return state;
    }

    void Begin()
    {
        var (from, others, values) = objective.Adjacency;
        for (int i = 0; i < state.Length; i++)
        {
            double sum = objective.Linear[i];
            for (int k = from[i]; k < from[i + 1]; k++)
                if (state[others[k]] != 0) sum += values[k];
            differences[i] = sum;
        }
        for (int p = 0; p < parts.Length; p++)
        {
            sums[p] = parts[p].Sum(state);
            costs[p] = parts[p].Best(sums[p]).Cost;
        }
        Work += state.Length + partOf.Length;
    }

    bool Flips()
    {
        bool isLower = false;
        foreach (int i in single)
            if (Gain(i) < -least)
            {
                Flip(i);
                isLower = true;
            }
        return isLower;
    }

    bool Moves()
    {
        bool isLower = false;
        foreach (IReadOnlyList<int> block in blocks)
        {
            int on = block[Place(block)];
            if (isKnown[on]) continue;
            double back = -Flip(on), best = back - least;
            int to = on;
            foreach (int i in block)
            {
                if (isKnown[i]) continue;
                double gain = i == on ? back : Gain(i);
                if (gain < best) (best, to) = (gain, i);
            }
            Flip(to);
            isLower |= to != on;
        }
        return isLower;
    }

    bool Exchanges()
    {
        bool isLower = false;
        foreach (int[] own in exchanges)
            foreach (int i in own)
            {
                // i changes, and one that was in the other state changes back.
                byte was = state[i];
                double first = Flip(i), best = -least;
                int with = -1;
                foreach (int j in own)
                {
                    if (j == i || state[j] == was) continue;
                    double gain = first + Gain(j);
                    if (gain < best) (best, with) = (gain, j);
                }
                Flip(with >= 0 ? with : i);
                isLower |= with >= 0;
            }
        return isLower;
    }

    bool Swaps()
    {
        bool isLower = false;
        Span<int> flips = stackalloc int[4];
        foreach (var (first, second) in pairs)
        {
            IReadOnlyList<int> a = blocks[first], b = blocks[second];
            int at = Place(a), to = Place(b);
            if (at == to) continue;
            (flips[0], flips[1], flips[2], flips[3]) = (a[at], a[to], b[to], b[at]);
            if (isKnown[a[at]] || isKnown[a[to]] || isKnown[b[to]] || isKnown[b[at]]) continue;
            double gain = 0;
            foreach (int i in flips) gain += Flip(i);
            if (gain < -least) isLower = true;
            else
                foreach (int i in flips) Flip(i);
        }
        return isLower;
    }

    double Gain(int i)
    {
        long sign = state[i] != 0 ? -1 : 1;
        double gain = sign * differences[i];
        for (int k = starts[i]; k < starts[i + 1]; k++)
        {
            int p = partOf[k];
            gain += weights[p] * (parts[p].Best(sums[p] + sign * factors[k]).Cost - costs[p]);
        }
        Work += starts[i + 1] - starts[i] + 1;
        return gain;
    }

    double Flip(int i)
    {
        double gain = Gain(i);
        long sign = state[i] != 0 ? -1 : 1;
        state[i] ^= 1;
        for (int k = starts[i]; k < starts[i + 1]; k++)
        {
            int p = partOf[k];
            sums[p] += sign * factors[k];
            costs[p] = parts[p].Best(sums[p]).Cost;
        }
        var (from, others, values) = objective.Adjacency;
        for (int k = from[i]; k < from[i + 1]; k++) differences[others[k]] += sign * values[k];
        Work += starts[i + 1] - starts[i] + from[i + 1] - from[i];
        return gain;
    }

    int Place(IReadOnlyList<int> block)
    {
        int place = 0;
        while (state[block[place]] == 0) place++;
        return place;
    }

    (int[] Starts, int[] PartOf, long[] Factors) ByVariable(int variables)
    {
        int[] begin = new int[variables + 1];
        foreach (ConstraintPart part in parts)
            foreach (Hypothesis literal in part.Literals) begin[literal.Variable + 1]++;
        for (int i = 0; i < variables; i++) begin[i + 1] += begin[i];
        int[] next = [.. begin], own = new int[begin[^1]];
        long[] by = new long[begin[^1]];
        for (int p = 0; p < parts.Length; p++)
            for (int l = 0; l < parts[p].Literals.Length; l++)
            {
                Hypothesis literal = parts[p].Literals[l];
                long factor = literal.IsNegated ? -parts[p].Factors[l] : parts[p].Factors[l];
                int at = next[literal.Variable]++;
                own[at] = p;
                // One that is twice in a sum moves it once, by both factors.
                if (at > begin[literal.Variable] && own[at - 1] == p) (factor, by[at - 1]) = (factor + by[at - 1], 0);
                by[at] = factor;
            }
        return (begin, own, by);
    }

    (int, int)[] Pairs(IEnumerable<Constraint> constraints, int[] blockOf)
    {
        var found = new HashSet<(int, int)>();
        foreach (Constraint constraint in constraints)
        {
            int[] own = [.. constraint.Literals.Select(literal => blockOf[literal.Variable]).Where(b => b >= 0).Distinct()];
            for (int i = 0; i < own.Length; i++)
                for (int j = 0; j < i && found.Count < MostPairs; j++)
                    if (blocks[own[i]].Count == blocks[own[j]].Count) found.Add((Math.Min(own[i], own[j]), Math.Max(own[i], own[j])));
        }
        return [.. found.Order()];
    }
}
