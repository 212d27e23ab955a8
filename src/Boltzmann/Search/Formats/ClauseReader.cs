namespace Boltzmann.Searching;

/// <summary>The clauses of a file while it is read.</summary>
sealed class ClauseReader
{
    readonly List<int> starts = [0], literals = [];
    readonly List<double> weights = [];
    readonly List<bool> hard = [];
    int firstEmpty;

    /// <summary>Clauses that were ended.</summary>
    public int Count => weights.Count;

    /// <summary>Whether literals wait for the 0 that ends their clause.</summary>
    public bool IsOpen => literals.Count > starts[^1];

    /// <summary>Adds a literal to the clause that is open, or begins one.</summary>
    public void Add(int literal) => literals.Add(literal);

    /// <summary>Ends the clause.</summary>
    /// <param name="text">For its line, if the clause is empty.</param>
    /// <param name="weight">0 for hard ones.</param>
    /// <param name="isHard">Whether it must hold.</param>
    public void End(ProblemText text, double weight, bool isHard)
    {
        if (!IsOpen && firstEmpty == 0 && (isHard || weight > 0)) firstEmpty = text.Line;
        starts.Add(literals.Count);
        weights.Add(weight);
        hard.Add(isHard);
    }

    /// <summary>The problem.</summary>
    /// <param name="text">The file.</param>
    /// <param name="format">cnf or wcnf.</param>
    /// <param name="variables">As stated, or the highest.</param>
    /// <param name="isUnit">Whether every clause counts 1, none being softer than another.</param>
    public SearchProblem Problem(ProblemText text, string format, int variables, bool isUnit)
    {
        double soft = 0;
        foreach (double weight in weights) soft += weight;
        double hardWeight = isUnit ? 1 : 1 + soft;
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        double[] all = [.. weights];
        int[] from = [.. starts], each = [.. literals];
        for (int c = 0; c < all.Length; c++)
        {
            if (hard[c]) all[c] = hardWeight;
            if (all[c] > 0) builder.AddClause(each.AsSpan(from[c]..from[c + 1]), all[c]);
        }
        var clauses = new ProblemClauses(from, each, all, [.. hard], hardWeight);
        List<string> warnings = [];
        if (firstEmpty > 0)
            warnings.Add($"{text.Name}, line {firstEmpty}: the clause is empty, so nothing satisfies the file; the least "
                + "violation is sought");
        if (clauses.Weight > MostExact)
            warnings.Add($"{text.Name}: the weights come to {clauses.Weight:G4}, beyond 2^53, so sums of them are rounded");
        return new(ProblemHeader.NameOf(text), format, isUnit ? "sat" : "maxsat", builder.Build(),
            new(isUnit ? "violated clauses" : "violated weight", IsMaximised: false))
        {
            Clauses = clauses,
            Warnings = warnings,
        };
    }

    const double MostExact = 9007199254740992;
}
