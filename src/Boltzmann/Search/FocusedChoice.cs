namespace Boltzmann.Searching;

/// <summary>How a focused walk chooses the variable to flip.</summary>
sealed class FocusedChoice
{
    /// <summary>Shares of clauses of the least weight, and multiples of it, within which all count as equal, whatever they come
    /// from.</summary>
    const double EqualShare = 0.99, MostMultiple = 8;

    /// <param name="energy">Of clauses alone.</param>
    /// <param name="range">Of inverse temperatures; null for what follows from the weights.</param>
    public FocusedChoice(BinaryEnergy energy, TemperatureRange? range)
    {
        ClauseList clauses = energy.ClauseList;
        Least = clauses.Weights.Min();
        // Clauses that a file repeats are no weights: a small formula has a few among its clauses by chance.
        IsWeighted = clauses.Weights.Max() > MostMultiple * Least
            || (!clauses.AreRepeats && clauses.Weights.Count(weight => weight == Least) < EqualShare * clauses.Count);
        Range = range ?? TemperatureRange.Of(energy);
        var (starts, _) = clauses.Occurrences(energy.Variables);
        int longest = 0, often = 0;
        for (int c = 0; c < clauses.Count; c++) longest = Math.Max(longest, clauses[c].Length);
        for (int i = 0; i + 1 < starts.Length; i++) often = Math.Max(often, starts[i + 1] - starts[i]);
        Chances = new double[often + 1];
        double factor = longest switch { <= 4 => 2.85, 5 => 3.7, 6 => 5, _ => 5.4 };
        for (int b = 0; b <= often; b++)
            Chances[b] = longest <= 3 ? Math.Pow(0.9 + b, -2.06) : Math.Max(1e-300, Math.Pow(factor, -b));
    }

    /// <summary>The least weight of a clause.</summary>
    public double Least { get; }

    /// <summary>Whether weights differ.</summary>
    public bool IsWeighted { get; }

    /// <summary>Relative chances of a flip by the number of clauses that it breaks.</summary>
    public double[] Chances { get; }

    /// <summary>The inverse temperatures of Metropolis.</summary>
    public TemperatureRange Range { get; }
}
