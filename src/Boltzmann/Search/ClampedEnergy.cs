namespace Boltzmann.Searching;

/// <summary>
/// An energy of the variables that are left when others are known: with the same value in every state as the whole energy has, so that
/// targets and results mean what they did.
/// </summary>
public sealed class ClampedEnergy
{
    readonly byte[] whole;
    readonly int[] free;

    ClampedEnergy(BinaryEnergy energy, byte[] whole, int[] free)
    {
        Energy = energy;
        this.whole = whole;
        this.free = free;
    }

    /// <summary>What is left to search; of one variable without terms where all are known.</summary>
    public BinaryEnergy Energy { get; }

    /// <summary>The variables that are left, by the numbers that they have in the whole energy.</summary>
    public IReadOnlyList<int> Free => free;

    /// <summary>Clamps.</summary>
    /// <param name="energy">The whole energy.</param>
    /// <param name="known">By variable. Of a block, one that is on turns the others off.</param>
    /// <exception cref="ArgumentException">No such variable, or no state of a block is left.</exception>
    public static ClampedEnergy Of(BinaryEnergy energy, IReadOnlyDictionary<int, bool> known)
    {
        ArgumentNullException.ThrowIfNull(energy);
        ArgumentNullException.ThrowIfNull(known);
        if (energy.Blocks.Count > 0)
        {
            var values = new Dictionary<int, bool>(known);
            foreach (IReadOnlyList<int> block in energy.Blocks) Complete(values, block);
            known = values;
        }
        byte[] whole = new byte[energy.Variables];
        int[] place = new int[energy.Variables];
        foreach (var (variable, value) in known)
        {
            if ((uint)variable >= (uint)whole.Length)
                throw new ArgumentException($"there are variables 0 to {whole.Length - 1}, but no {variable}", nameof(known));
            whole[variable] = value ? (byte)1 : (byte)0;
        }
        int[] free = [.. Enumerable.Range(0, energy.Variables).Where(i => !known.ContainsKey(i))];
        for (int k = 0; k < free.Length; k++) place[free[k]] = k;
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(Math.Max(1, free.Length));
        builder.Add(energy.Offset);
        for (int i = 0; i < energy.Variables; i++)
            if (energy.Linear[i] != 0) Add(i, i, energy.Linear[i]);
        for (int e = 0; e < energy.Pairs; e++) Add(energy.First[e], energy.Second[e], energy.Weights[e]);
        var literals = new List<int>();
        for (int c = 0; c < energy.Clauses; c++)
        {
            literals.Clear();
            bool holds = false;
            foreach (int literal in energy.Literals[energy.ClauseStarts[c]..energy.ClauseStarts[c + 1]])
            {
                int variable = Math.Abs(literal) - 1;
                if (!known.TryGetValue(variable, out bool value)) literals.Add(Math.Sign(literal) * (place[variable] + 1));
                else if (value == literal > 0) holds = true;
            }
            if (!holds) builder.AddClause([.. literals], energy.ClauseWeights[c]);
        }
        foreach (IReadOnlyList<int> block in energy.Blocks)
            if (block.Where(i => !known.ContainsKey(i)).Select(i => place[i]).ToArray() is { Length: > 0 } left) builder.AddBlock(left);
        return new(builder.Build(), whole, free);

        void Add(int first, int second, double value)
        {
            bool isKnown = known.ContainsKey(first), isOtherKnown = known.ContainsKey(second);
            if (isKnown && isOtherKnown) builder.Add((whole[first] & whole[second]) * value);
            else if (!isKnown && !isOtherKnown) builder.Add(place[first], place[second], value);
            else if (whole[isKnown ? first : second] != 0) builder.Add(place[isKnown ? second : first], value);
        }
    }

    /// <summary>The whole state of what was searched.</summary>
    public byte[] Expand(IReadOnlyList<byte> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        byte[] all = [.. whole];
        for (int k = 0; k < free.Length; k++) all[free[k]] = state[k];
        return all;
    }

    /// <summary>The part of a whole state that is searched.</summary>
    public byte[] Project(IReadOnlyList<byte> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return free.Length == 0 ? [0] : Array.ConvertAll(free, i => state[i]);
    }

    /// <summary>A result with whole states.</summary>
    public SearchResult Expand(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result with
        {
            Assignment = Expand(result.Assignment),
            Solutions = [.. result.Solutions.Select(solution => solution with { Assignment = Expand(solution.Assignment) })],
            Marginals = result.Marginals is Marginals marginals ? Expand(marginals) : null,
            // The variable that stands in where all are known has two states.
            GroundStates = free.Length == 0 && result.GroundStates is not null ? 1 : result.GroundStates,
        };
    }

    Marginals Expand(Marginals marginals)
    {
        double[] means = [.. whole.Select(value => (double)value)], errors = new double[whole.Length];
        for (int k = 0; k < free.Length; k++) (means[free[k]], errors[free[k]]) = (marginals.Means[k], marginals.StandardErrors[k]);
        return marginals with { Means = means, StandardErrors = errors };
    }

    // Where one is on the others are off; where all but one are off, it is on.
    static void Complete(Dictionary<int, bool> values, IReadOnlyList<int> block)
    {
        int[] on = [.. block.Where(i => values.TryGetValue(i, out bool value) && value)];
        int[] open = [.. block.Where(i => !values.ContainsKey(i))];
        if (on.Length > 1 || (on.Length == 0 && open.Length == 0))
            throw new ArgumentException($"exactly one of the variables {block[0]} to {block[^1]} is on, but {on.Length} of them are known "
                + "to be", nameof(values));
        if (on.Length == 1)
            foreach (int i in open) values[i] = false;
        else if (open.Length == 1) values[open[0]] = true;
    }
}
