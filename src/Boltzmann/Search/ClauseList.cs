namespace Boltzmann.Searching;

/// <summary>
/// Clauses side by side: the literals of clause c stand from Starts[c] to Starts[c + 1]. Literal v says that variable v − 1 is 1, literal
/// −v that it is 0, as DIMACS numbers them; a clause holds where one of its literals does.
/// </summary>
sealed class ClauseList(int[] starts, int[] literals, double[] weights)
{
    (int[] Starts, int[] Clauses)? occurrences;

    /// <summary>No clause.</summary>
    public static ClauseList Empty { get; } = new([0], [], []);

    /// <summary>Clauses.</summary>
    public int Count => weights.Length;

    /// <summary>Where the literals of each clause begin, and behind the last one the end.</summary>
    public int[] Starts => starts;

    /// <summary>Signed, from 1; in a clause by variable, each once.</summary>
    public int[] Literals => literals;

    /// <summary>What each costs where none of its literals holds.</summary>
    public double[] Weights => weights;

    /// <summary>Whether all weighed the same before equal ones were added up: weights that differ are then repeats.</summary>
    public bool AreRepeats { get; init; }

    /// <summary>The literals of a clause.</summary>
    public ReadOnlySpan<int> this[int clause] => literals.AsSpan(starts[clause]..starts[clause + 1]);

    /// <summary>Whether a literal holds.</summary>
    public static bool Holds(int literal, ReadOnlySpan<byte> state) => literal > 0 ? state[literal - 1] != 0 : state[-literal - 1] == 0;

    /// <summary>Whether one of some literals holds.</summary>
    public static bool HoldsAny(ReadOnlySpan<int> literals, ReadOnlySpan<byte> state)
    {
        foreach (int literal in literals)
            if (Holds(literal, state)) return true;
        return false;
    }

    /// <summary>Σ w over the clauses of which no literal holds.</summary>
    public double Of(ReadOnlySpan<byte> state)
    {
        double sum = 0;
        for (int c = 0; c < weights.Length; c++)
            if (!HoldsAny(this[c], state)) sum += weights[c];
        return sum;
    }

    /// <summary>The place of a literal in <see cref="Occurrences"/>: 2v where it says that variable v is 1, 2v + 1 where it is 0.</summary>
    public static int Code(int literal) => literal > 0 ? 2 * (literal - 1) : 2 * (-literal - 1) + 1;

    /// <summary>The clauses that each literal is in, by <see cref="Code"/>.</summary>
    /// <param name="variables">Of the energy.</param>
    public (int[] Starts, int[] Clauses) Occurrences(int variables) => occurrences ??= Find(variables);

    (int[], int[]) Find(int variables)
    {
        int[] from = new int[2 * variables + 1], at = new int[literals.Length];
        foreach (int literal in literals) from[Code(literal) + 1]++;
        for (int i = 0; i < 2 * variables; i++) from[i + 1] += from[i];
        int[] next = [.. from];
        for (int c = 0; c < weights.Length; c++)
            foreach (int literal in this[c]) at[next[Code(literal)]++] = c;
        return (from, at);
    }
}
