namespace Boltzmann.Searching;

/// <summary>
/// All states that keep the hard constraints, one after another: blocks and single hypotheses take their values in turn, and what can no
/// longer keep a constraint is not followed. Sums of e^(−E/T), E the objective and what soft constraints cost, by their definition.
/// </summary>
sealed class FeasibleSums
{
    /// <summary>Terms of constraints between two looks at what is allowed.</summary>
    const long LookEvery = 1 << 16;

    readonly BinaryEnergy objective;
    readonly double temperature;
    readonly (ConstraintPart Part, double Weight)[] parts;
    readonly long[] low, high;
    readonly List<(int Part, long Factor)>[] termsOf;
    readonly List<int[]> choices = [];
    readonly byte[] state;
    readonly double[] on;
    readonly Func<long, bool> mayGoOn;
    double total, reference = double.NaN;
    long work, nextLook = LookEvery;
    bool isStopped;

    FeasibleSums(CompiledProblem compiled, BinaryEnergy objective, double temperature, Func<long, bool> mayGoOn)
    {
        this.objective = objective;
        this.temperature = temperature;
        this.mayGoOn = mayGoOn;
        int n = objective.Variables;
        (state, on, termsOf) = (new byte[n], new double[n], new List<(int, long)>[n]);
        // Of hard constraints the weight does not matter.
        parts = [.. compiled.Constraints.SelectMany(entry => entry.Constraint.Parts.Select(part =>
            (part, entry.IsHard ? double.PositiveInfinity : entry.Weight!.Value * entry.Constraint.Least)))];
        (low, high) = (new long[parts.Length], new long[parts.Length]);
        for (int p = 0; p < parts.Length; p++)
        {
            ConstraintPart part = parts[p].Part;
            low[p] = high[p] = part.Constant;
            for (int l = 0; l < part.Literals.Length; l++)
            {
                Hypothesis literal = part.Literals[l];
                // F·(1 − x) = F − F·x.
                long constant = literal.IsNegated ? part.Factors[l] : 0, factor = literal.IsNegated ? -constant : part.Factors[l];
                low[p] += constant + Math.Min(0, factor);
                high[p] += constant + Math.Max(0, factor);
                (termsOf[literal.Variable] ??= []).Add((p, factor));
            }
        }
        IReadOnlyDictionary<int, bool> known = compiled.Implied();
        foreach (var (variable, value) in known)
        {
            Settle(variable, value);
            state[variable] = value ? (byte)1 : (byte)0;
        }
        int[]?[] blockOf = new int[n][];
        foreach (IReadOnlyList<int> block in compiled.Blocks)
            foreach (int i in block) blockOf[i] = [.. block.Where(j => !known.ContainsKey(j))];
        var taken = new HashSet<int>(known.Keys);
        for (int i = 0; i < n; i++)
        {
            if (!taken.Add(i)) continue;
            int[] own = blockOf[i] ?? [i];
            taken.UnionWith(own);
            choices.Add(own);
        }
        IsWithoutStates = Broken();
    }

    /// <summary>Whether nothing keeps all hard constraints.</summary>
    public bool IsWithoutStates { get; private set; }

    /// <summary>The state of least energy, and how many have it.</summary>
    public byte[] Best { get; private set; } = [];

    /// <summary>How many states have the least energy.</summary>
    public long GroundStates { get; private set; }

    /// <summary>log Σ e^(−E/T).</summary>
    public double LogPartition => Math.Log(total) - reference / temperature;

    /// <summary>By hypothesis.</summary>
    public double[] Means => [.. on.Select(value => value / total)];

    /// <summary>Sums over all states.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="temperature">T, in the unit of energy.</param>
    /// <param name="mayGoOn">Asked now and then, with the number of choices and of terms that were looked at for them so far.</param>
    /// <returns>Null where that took too long.</returns>
    public static FeasibleSums? Of(Problem problem, double temperature, Func<long, bool> mayGoOn)
    {
        var sums = new FeasibleSums(problem.Compile(), problem.ObjectiveEnergy(), temperature, mayGoOn);
        if (!sums.IsWithoutStates) sums.Choose(0, sums.objective.Of(sums.state));
        sums.IsWithoutStates |= !sums.isStopped && sums.total == 0;
        return sums.isStopped ? null : sums;
    }

    void Choose(int at, double energy)
    {
        work++;
        if (work >= nextLook)
        {
            nextLook = work + LookEvery;
            isStopped |= !mayGoOn(work);
        }
        if (isStopped) return;
        if (at == choices.Count)
        {
            Count(energy);
            return;
        }
        int[] own = choices[at];
        // Several are those of a block; where one is left of it, the constraint decides.
        if (own.Length == 1) Try(own, -1, at, energy);
        for (int k = 0; k < own.Length; k++) Try(own, k, at, energy);
    }

    // One of the variables on, or none.
    void Try(int[] own, int which, int at, double energy)
    {
        for (int k = 0; k < own.Length; k++) Settle(own[k], k == which);
        if (which >= 0)
        {
            energy += Gain(own[which]);
            state[own[which]] = 1;
        }
        if (!Broken(own)) Choose(at + 1, energy);
        if (which >= 0) state[own[which]] = 0;
        for (int k = 0; k < own.Length; k++) Settle(own[k], k == which, sign: -1);
    }

    void Count(double energy)
    {
        for (int p = 0; p < parts.Length; p++)
        {
            double cost = parts[p].Part.Best(low[p]).Cost;
            if (cost == 0) continue;
            if (double.IsPositiveInfinity(parts[p].Weight)) return;
            energy += parts[p].Weight * cost;
        }
        double tolerance = 1e-9 * Math.Max(1, Math.Abs(energy));
        if (double.IsNaN(reference) || energy < reference - tolerance)
        {
            // Sums are of e^((reference − E)/T), which is 1 at most.
            double factor = double.IsNaN(reference) ? 0 : Math.Exp((energy - reference) / temperature);
            total *= factor;
            for (int i = 0; i < on.Length; i++) on[i] *= factor;
            reference = energy;
            Best = [.. state];
            GroundStates = 0;
        }
        if (energy <= reference + tolerance) GroundStates++;
        double weight = Math.Exp((reference - energy) / temperature);
        total += weight;
        for (int i = 0; i < on.Length; i++)
            if (state[i] != 0) on[i] += weight;
    }

    double Gain(int i)
    {
        var (starts, others, weights) = objective.Adjacency;
        double gain = objective.Linear[i];
        for (int k = starts[i]; k < starts[i + 1]; k++)
            if (state[others[k]] != 0) gain += weights[k];
        return gain;
    }

    // What the sums can still become, where a variable has its value, or has none again.
    void Settle(int variable, bool value, int sign = 1)
    {
        if (termsOf[variable] is not { } terms) return;
        work += terms.Count;
        foreach (var (part, factor) in terms)
        {
            long share = value ? factor : 0;
            low[part] += sign * (share - Math.Min(0, factor));
            high[part] += sign * (share - Math.Max(0, factor));
        }
    }

    bool Broken(int[] variables)
    {
        foreach (int variable in variables)
            if (termsOf[variable] is { } terms)
                foreach (var (part, _) in terms)
                    if (Broken(part)) return true;
        return false;
    }

    bool Broken()
    {
        for (int p = 0; p < parts.Length; p++)
            if (Broken(p)) return true;
        return false;
    }

    // Helpers bring a sum to where it costs nothing from an interval.
    bool Broken(int p)
    {
        if (!double.IsPositiveInfinity(parts[p].Weight)) return false;
        ConstraintPart part = parts[p].Part;
        long moved = -part.Step * part.Range, most = Math.Max(0, moved) + (part.IsTriangle ? 1 : 0);
        return low[p] > most || high[p] < Math.Min(0, moved);
    }
}
