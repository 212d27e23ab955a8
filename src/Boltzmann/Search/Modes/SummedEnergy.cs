namespace Boltzmann.Searching;

/// <summary>
/// The free energy F(x) = −log Σ_h e^(−E(x, h)) of some variables of an energy, the others, h, summed out: given x each of them, or
/// block of them, is independent of the others, so F(x) = E(x, 0) − Σ log(1 + e^(−Δ)), Δ = a + Σ b·x what h costs. And its minima.
/// </summary>
sealed class SummedEnergy
{
    readonly BinaryEnergy energy;
    readonly bool[] isSummed;
    readonly int[] kept;
    readonly int[][] units;
    readonly int[] unitOf;
    readonly IReadOnlyList<int>[] blocks;
    readonly bool[] isInBlock;

    /// <summary>Sums variables out.</summary>
    /// <param name="energy">Without clauses.</param>
    /// <param name="isSummed">Which variables; no pair joins two of them, unless in one block, and a block is in or out as a whole.</param>
    /// <exception cref="ArgumentException">Two of them are joined.</exception>
    public SummedEnergy(BinaryEnergy energy, bool[] isSummed)
    {
        (this.energy, this.isSummed) = (energy, isSummed);
        for (int e = 0; e < energy.Pairs; e++)
            if (isSummed[energy.First[e]] && isSummed[energy.Second[e]])
                throw new ArgumentException("variables that are summed out are joined", nameof(isSummed));
        kept = [.. Enumerable.Range(0, energy.Variables).Where(i => !isSummed[i])];
        isInBlock = new bool[energy.Variables];
        foreach (IReadOnlyList<int> block in energy.Blocks)
            foreach (int i in block) isInBlock[i] = true;
        blocks = [.. energy.Blocks.Where(block => !isSummed[block[0]])];
        units = [.. energy.Blocks.Where(block => isSummed[block[0]]).Select(block => block.ToArray()),
            .. Enumerable.Range(0, energy.Variables).Where(i => isSummed[i] && !isInBlock[i]).Select(i => new[] { i })];
        unitOf = new int[energy.Variables];
        for (int u = 0; u < units.Length; u++)
            foreach (int i in units[u]) unitOf[i] = u;
    }

    /// <summary>F of a state; what it says of summed variables does not count.</summary>
    public double Of(ReadOnlySpan<byte> state) => Value(state, Differences(state));

    /// <summary>Changes units and blocks, one after another, as long as that lowers F.</summary>
    /// <param name="state">0 or 1 for each variable; changed. Summed variables then have their most probable values.</param>
    /// <returns>F.</returns>
    public double Lower(Span<byte> state)
    {
        var trial = new Trial(Differences(state), new double[units.Length], new int[units.Length]);
        for (int u = 0; u < units.Length; u++) trial.Logs[u] = Log(units[u], trial.Differences);
        bool isLower = true;
        while (isLower)
        {
            isLower = false;
            foreach (int i in kept)
                if (!isInBlock[i]) isLower |= Try(state, trial, [i]);
            foreach (IReadOnlyList<int> block in blocks) isLower |= TryBlock(state, trial, block);
        }
        double[] differences = Differences(state);
        foreach (int[] unit in units)
        {
            foreach (int i in unit) state[i] = 0;
            int least = unit.MinBy(i => differences[i]);
            if (unit.Length > 1 || differences[least] < 0) state[least] = 1;
        }
        return Value(state, differences);
    }

    bool TryBlock(Span<byte> state, Trial trial, IReadOnlyList<int> block)
    {
        int on = block[0];
        foreach (int i in block)
            if (state[i] != 0) on = i;
        bool isLower = false;
        foreach (int i in block)
        {
            if (i == on || !Try(state, trial, [on, i])) continue;
            on = i;
            isLower = true;
        }
        return isLower;
    }

    // Flips variables together if F falls. Of a block two are flipped, one after the other: what the first one changes, the second one
    // meets.
    bool Try(Span<byte> state, Trial trial, ReadOnlySpan<int> flips)
    {
        var (starts, others, _) = energy.Adjacency;
        double change = 0, before = 0, after = 0, product = 1;
        foreach (int i in flips)
        {
            change += state[i] != 0 ? -trial.Differences[i] : trial.Differences[i];
            Flip(state, trial.Differences, i);
        }
        int turn = ++trial.Turn, factors = 0;
        foreach (int i in flips)
            for (int e = starts[i]; e < starts[i + 1]; e++)
            {
                if (!isSummed[others[e]] || trial.Met[unitOf[others[e]]] == turn) continue;
                int unit = unitOf[others[e]];
                trial.Met[unit] = turn;
                before += trial.Logs[unit];
                double difference = trial.Differences[others[e]];
                if (units[unit].Length > 1 || difference < LowestFactor)
                {
                    after += Log(units[unit], trial.Differences);
                    continue;
                }
                // One logarithm for several units.
                product *= 1 + Math.Exp(-difference);
                if (++factors % FactorsPerLog != 0) continue;
                after += Math.Log(product);
                product = 1;
            }
        after += Math.Log(product);
        if (change - (after - before) >= -1e-9 * energy.Scale)
        {
            for (int k = flips.Length - 1; k >= 0; k--) Flip(state, trial.Differences, flips[k]);
            return false;
        }
        foreach (int i in flips)
            for (int e = starts[i]; e < starts[i + 1]; e++)
                if (isSummed[others[e]]) trial.Logs[unitOf[others[e]]] = Log(units[unitOf[others[e]]], trial.Differences);
        return true;
    }

    // Sixteen factors of at most 1 + e^30 do not overflow.
    const double LowestFactor = -30;
    const int FactorsPerLog = 16;

    sealed class Trial(double[] differences, double[] logs, int[] met)
    {
        public double[] Differences => differences;

        /// <summary>What each summed unit adds to −F.</summary>
        public double[] Logs => logs;

        /// <summary>The last turn that met each summed unit, which is counted once.</summary>
        public int[] Met => met;

        public int Turn { get; set; }
    }

    void Flip(Span<byte> state, double[] differences, int i)
    {
        var (starts, others, weights) = energy.Adjacency;
        double sign = state[i] != 0 ? -1 : 1;
        state[i] ^= 1;
        for (int e = starts[i]; e < starts[i + 1]; e++) differences[others[e]] += sign * weights[e];
    }

    // What each variable costs where it is on, the summed ones all off.
    double[] Differences(ReadOnlySpan<byte> state)
    {
        var (starts, others, weights) = energy.Adjacency;
        double[] differences = [.. energy.Linear];
        foreach (int i in kept)
            if (state[i] != 0)
                for (int e = starts[i]; e < starts[i + 1]; e++) differences[others[e]] += weights[e];
        return differences;
    }

    double Value(ReadOnlySpan<byte> state, double[] differences)
    {
        byte[] off = state.ToArray();
        foreach (int[] unit in units)
            foreach (int i in unit) off[i] = 0;
        double value = energy.Of(off);
        foreach (int[] unit in units) value -= Log(unit, differences);
        return value;
    }

    // log Σ over the unit's states of e^(−Δ).
    static double Log(int[] unit, double[] differences)
    {
        if (unit.Length == 1)
        {
            double d = differences[unit[0]];
            return d < 0 ? -d + Math.Log(1 + Math.Exp(d)) : Math.Log(1 + Math.Exp(-d));
        }
        double least = double.PositiveInfinity, sum = 0;
        foreach (int i in unit) least = Math.Min(least, differences[i]);
        foreach (int i in unit) sum += Math.Exp(least - differences[i]);
        return Math.Log(sum) - least;
    }
}
