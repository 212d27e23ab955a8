namespace Boltzmann.Searching;

/// <summary>
/// Collects the terms of a <see cref="BinaryEnergy"/>: equal terms are merged, and those that come to 0 left out.
/// </summary>
public sealed class BinaryEnergyBuilder
{
    /// <summary>The most variables.</summary>
    public const int MostVariables = 10_000_000;

    readonly List<ulong> pairs = [];
    readonly List<double> weights = [];
    readonly ClauseListBuilder clauses = new();
    readonly List<int[]> blocks = [];
    readonly Dictionary<int, int> blockOf = [];
    double[] linear = [];
    double offset;

    /// <summary>Variables so far; those without a term count too.</summary>
    public int Variables { get; private set; }

    /// <summary>How many terms of pairs were merged into others when the energy was last built.</summary>
    public long RepeatedPairs { get; private set; }

    /// <summary>Adds variables.</summary>
    /// <returns>The first one's number.</returns>
    /// <exception cref="ArgumentException">More than <see cref="MostVariables"/>.</exception>
    public int AddVariables(int count)
    {
        if (count < 0 || count > MostVariables - Variables)
            throw new ArgumentException($"an energy has at most {MostVariables:N0} variables, not {(long)Variables + count:N0}",
                nameof(count));
        int start = Variables;
        Variables += count;
        if (Variables > linear.Length) Array.Resize(ref linear, Math.Max(Variables, Math.Min(2 * linear.Length, MostVariables)));
        return start;
    }

    /// <summary>+ value.</summary>
    public void Add(double value) => offset += Finite(value);

    /// <summary>+ value·x.</summary>
    public void Add(int variable, double value) => linear[Checked(variable)] += Finite(value);

    /// <summary>+ value·x·y; of a variable and itself + value·x, as x² = x.</summary>
    public void Add(int variable, int other, double value)
    {
        if (Checked(variable) == Checked(other))
        {
            Add(variable, value);
            return;
        }
        pairs.Add(((ulong)Math.Min(variable, other) << 32) | (uint)Math.Max(variable, other));
        weights.Add(Finite(value));
    }

    /// <summary>+ value·s·t of spins s = 2x − 1, t = 2y − 1.</summary>
    public void AddSpins(int variable, int other, double value)
    {
        Add(variable, other, 4 * value);
        Add(variable, -2 * value);
        Add(other, -2 * value);
        Add(value);
    }

    /// <summary>+ value·s of a spin s = 2x − 1.</summary>
    public void AddSpin(int variable, double value)
    {
        Add(variable, 2 * value);
        Add(-value);
    }

    /// <summary>+ weight·(Σ factorᵢxᵢ + constant)².</summary>
    public void AddSquare(ReadOnlySpan<int> variables, ReadOnlySpan<double> factors, double constant, double weight)
    {
        Add(weight * constant * constant);
        for (int i = 0; i < variables.Length; i++)
        {
            Add(variables[i], weight * factors[i] * (factors[i] + 2 * constant));
            for (int j = 0; j < i; j++) Add(variables[i], variables[j], 2 * weight * factors[i] * factors[j]);
        }
    }

    /// <summary>
    /// + weight·[no literal holds]: of literals v, which says that variable v − 1 is 1, and −v, that it is 0. A literal that is there twice
    /// counts once; a clause with a literal and its opposite always holds and is left out; an empty one never does and adds its weight.
    /// </summary>
    /// <exception cref="ArgumentException">A literal is 0 or of no variable, or the weight is not finite.</exception>
    public void AddClause(ReadOnlySpan<int> literals, double weight)
    {
        foreach (int literal in literals)
            if (literal is 0 or int.MinValue || Math.Abs(literal) > Variables)
                throw new ArgumentOutOfRangeException(nameof(literals),
                    $"literals are 1 to {Variables} or -1 to -{Variables}, but there is {literal}");
        if (!clauses.Add(literals, Finite(weight))) Add(weight);
    }

    /// <summary>+ all terms of another energy, whose variables are the first ones here.</summary>
    public void Add(BinaryEnergy energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        Add(energy.Offset);
        for (int i = 0; i < energy.Variables; i++)
            if (energy.Linear[i] != 0) Add(i, energy.Linear[i]);
        for (int e = 0; e < energy.Pairs; e++) Add(energy.First[e], energy.Second[e], energy.Weights[e]);
        ClauseList list = energy.ClauseList;
        for (int c = 0; c < list.Count; c++) AddClause(list[c], list.Weights[c]);
    }

    /// <summary>From now on exactly one of these is on in every state: <see cref="BinaryEnergy.Blocks"/>.</summary>
    /// <exception cref="ArgumentException">Fewer than two, or one that is in a block already.</exception>
    public void AddBlock(params ReadOnlySpan<int> variables)
    {
        if (variables.Length < 2) throw new ArgumentException("a block has at least two variables", nameof(variables));
        foreach (int variable in variables)
            if (!blockOf.TryAdd(Checked(variable), blocks.Count))
                throw new ArgumentException($"variable {variable} is in a block already", nameof(variables));
        blocks.Add(variables.ToArray());
    }

    /// <summary>The energy of all terms.</summary>
    /// <exception cref="InvalidOperationException">There are blocks and clauses.</exception>
    public BinaryEnergy Build()
    {
        if (blocks.Count > 0 && clauses.Count > 0) throw new InvalidOperationException("an energy has blocks or clauses, but not both yet");
        ulong[] keys = [.. pairs];
        double[] values = [.. weights];
        Array.Sort(keys, values);
        int count = 0;
        RepeatedPairs = 0;
        for (int e = 0; e < keys.Length;)
        {
            int start = e;
            ulong key = keys[e];
            double sum = 0;
            for (; e < keys.Length && keys[e] == key; e++) sum += values[e];
            RepeatedPairs += e - start - 1;
            // Two of a block are never on together.
            if (sum != 0 && !IsWithinBlock(key)) (keys[count], values[count++]) = (key, sum);
        }
        int[] first = new int[count], second = new int[count];
        for (int e = 0; e < count; e++) (first[e], second[e]) = ((int)(keys[e] >> 32), (int)keys[e]);
        return new(offset, linear[..Variables], first, second, values[..count], clauses.Build(), [.. blocks]);
    }

    bool IsWithinBlock(ulong key) => blocks.Count > 0 && blockOf.TryGetValue((int)(key >> 32), out int block)
        && blockOf.TryGetValue((int)key, out int other) && block == other;

    int Checked(int variable) => (uint)variable < (uint)Variables ? variable
        : throw new ArgumentOutOfRangeException(nameof(variable), $"there are variables 0 to {Variables - 1}, but no {variable}");

    static double Finite(double value) => double.IsFinite(value) ? value
        : throw new ArgumentException($"a term has the weight {value}, which is not a finite number", nameof(value));
}
