namespace Boltzmann.Searching;

/// <summary>
/// The energy that a search lowers: E(x) = offset + Σᵢ aᵢxᵢ + Σᵢⱼ bᵢⱼxᵢxⱼ + Σ_c w_c·[no literal of clause c holds] of binary variables,
/// x ∈ {0, 1}ⁿ; without clauses the same as a <see cref="BoltzmannMachine"/> of biases −a and weights −b. Spins s = 2x − 1 have the same
/// energy, so the same temperatures.
/// </summary>
public sealed class BinaryEnergy
{
    readonly double[] linear, weights;
    readonly int[] first, second;
    (int[] Starts, int[] Others, double[] Weights)? adjacency;

    internal BinaryEnergy(double offset, double[] linear, int[] first, int[] second, double[] weights, ClauseList? clauses = null,
        int[][]? blocks = null)
    {
        ClauseList = clauses ?? ClauseList.Empty;
        Blocks = blocks ?? [];
        Offset = offset;
        this.linear = linear;
        this.first = first;
        this.second = second;
        this.weights = weights;
        foreach (double value in linear) Scale = Math.Max(Scale, Math.Abs(value));
        foreach (double value in weights) Scale = Math.Max(Scale, Math.Abs(value));
        // Hard clauses weigh more than all others, which must still be told apart.
        if (ClauseList.Count > 0) Scale = Math.Max(Scale, ClauseList.Weights.Min(Math.Abs));
    }

    /// <summary>n.</summary>
    public int Variables => linear.Length;

    /// <summary>Pairs with a weight that is not 0.</summary>
    public int Pairs => weights.Length;

    /// <summary>
    /// Sets of variables of which exactly one is on, always: one-hot units, moved as one. They have no variable in common and no pairs
    /// within.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Blocks { get; }

    /// <summary>What the state of zeros costs.</summary>
    public double Offset { get; }

    /// <summary>a, by variable.</summary>
    public ReadOnlySpan<double> Linear => linear;

    /// <summary>The lower variable of each pair.</summary>
    public ReadOnlySpan<int> First => first;

    /// <summary>The higher variable of each pair.</summary>
    public ReadOnlySpan<int> Second => second;

    /// <summary>b, by pair.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Clauses, equal ones counted once.</summary>
    public int Clauses => ClauseList.Count;

    /// <summary>Where the literals of each clause begin in <see cref="Literals"/>, and behind the last one the end.</summary>
    public ReadOnlySpan<int> ClauseStarts => ClauseList.Starts;

    /// <summary>The literals of all clauses: v says that variable v − 1 is 1, −v that it is 0.</summary>
    public ReadOnlySpan<int> Literals => ClauseList.Literals;

    /// <summary>w, by clause.</summary>
    public ReadOnlySpan<double> ClauseWeights => ClauseList.Weights;

    internal ClauseList ClauseList { get; }

    /// <summary>E of a state, in double precision.</summary>
    /// <param name="state">0 or 1 for each variable.</param>
    /// <exception cref="ArgumentException">Another number of variables.</exception>
    public double Of(ReadOnlySpan<byte> state)
    {
        if (state.Length != Variables)
            throw new ArgumentException($"the energy has {Variables:N0} variables, but the state has {state.Length:N0}", nameof(state));
        double sum = 0;
        for (int i = 0; i < linear.Length; i++)
            if (state[i] != 0) sum += linear[i];
        for (int e = 0; e < weights.Length; e++)
            if ((state[first[e]] & state[second[e]]) != 0) sum += weights[e];
        return Offset + sum + ClauseList.Of(state);
    }

    /// <summary>The root mean square over variables of √(Σⱼ Jᵢⱼ²), J = b/4 the weights between spins: what a typical spin meets.</summary>
    public double TypicalField
    {
        get
        {
            // Divided by the largest, so that no square overflows.
            double largest = weights.Length > 0 ? weights.Max(Math.Abs) / 4 : linear.Length > 0 ? linear.Max(Math.Abs) / 2 : 0, sum = 0;
            if (largest == 0) return 0;
            foreach (double weight in weights) sum += 2 * Math.Pow(weight / 4 / largest, 2);
            // Biases of spins, where nothing is joined: hᵢ = aᵢ/2.
            if (weights.Length == 0)
                foreach (double bias in linear) sum += Math.Pow(bias / 2 / largest, 2);
            return largest * Math.Sqrt(sum / linear.Length);
        }
    }

    /// <summary>The largest weight or bias, and the least weight of a clause: what sums of them are rounded to is a part in 10¹⁶ of
    /// it.</summary>
    internal double Scale { get; }

    /// <summary>Raw parts, for those that lay the energy out anew.</summary>
    internal (double[] Linear, int[] First, int[] Second, double[] Weights) Parts => (linear, first, second, weights);

    /// <summary>The other variable and the weight of each pair, by variable.</summary>
    internal (int[] Starts, int[] Others, double[] Weights) Adjacency => adjacency ??= Adjacent();

    (int[] Starts, int[] Others, double[] Weights) Adjacent()
    {
        int[] starts = new int[linear.Length + 1], others = new int[2 * weights.Length];
        double[] values = new double[2 * weights.Length];
        for (int e = 0; e < weights.Length; e++)
        {
            starts[first[e] + 1]++;
            starts[second[e] + 1]++;
        }
        for (int i = 0; i < linear.Length; i++) starts[i + 1] += starts[i];
        int[] next = [.. starts];
        for (int e = 0; e < weights.Length; e++)
        {
            (others[next[first[e]]], values[next[first[e]]++]) = (second[e], weights[e]);
            (others[next[second[e]]], values[next[second[e]]++]) = (first[e], weights[e]);
        }
        return (starts, others, values);
    }
}
