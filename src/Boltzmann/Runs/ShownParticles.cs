namespace Boltzmann.Runs;

/// <summary>
/// The fantasy particles that a report shows, with what tells how far they are draws from the model: half of their chains begin at rows,
/// evenly spread over all of them, and half at noise, so that chains which do not mix show it.
/// </summary>
/// <param name="Means">The visible units, [particles × columns].</param>
/// <param name="FromRows">How many began at rows: the first ones.</param>
/// <param name="Sweeps">Gibbs sweeps that they ran.</param>
/// <param name="Mixing">Of the last half of these sweeps.</param>
sealed record ShownParticles(Matrix Means, int FromRows, int Sweeps, ChainReport Mixing)
{
    const double MostRHat = 1.01;

    /// <summary>Runs them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows that half of them begin at.</param>
    /// <param name="count">How many.</param>
    /// <param name="sweeps">Gibbs sweeps, at least 8.</param>
    /// <param name="rng">Source of randomness.</param>
    public static ShownParticles Run(GenerativeModel model, Dataset rows, int count, int sweeps, Rng rng)
    {
        var chains = new Chains(model, count, 1, null, rng);
        int fromRows = Math.Min(count / 2, rows.Count), followed = sweeps / 2;
        int[] spread = [.. Enumerable.Range(0, fromRows).Select(i => (int)((long)i * rows.Count / fromRows))];
        if (fromRows > 0) chains.StartAt(rows.Select(spread).ToMatrix(model.Placement));
        for (int sweep = followed; sweep < sweeps; sweep++) chains.Sweep();
        ChainGroup[] groups = fromRows == 0 ? []
            : [new(ChainStarts.Data, fromRows), new(ChainStarts.Noise, count - fromRows)];
        ChainReport mixing = ChainDiagnostics.Follow(model.Undirected, chains.State, groups, null, followed, rng);
        return new(chains.Show(Descent.VisibleMeans), fromRows, sweeps, mixing);
    }

    /// <summary>
    /// How many independent draws they are worth: each chain one, less the correlation of the number that is forgotten most slowly with
    /// itself a quarter of the sweeps before; 0 where a number never changed.
    /// </summary>
    public double Independent => Mixing.Unchanged.Count > 0 ? 0
        : Math.Clamp(Mixing.Chains * (1 - Slowest.HalfCorrelation), 0, Mixing.Chains);

    ChainStatistic Slowest => Mixing.Statistics.MaxBy(statistic => statistic.HalfCorrelation)!;

    /// <summary>Where they began and what they are worth, in sentences.</summary>
    /// <param name="things">What they are: "pictures".</param>
    public string Caption(string things)
    {
        int count = Mixing.Chains;
        string starts = FromRows == 0 ? $"All {count} chains began at noise"
            : $"Of {count} chains the first {FromRows} began at rows, the others at noise";
        return $"{starts}, and all ran freely for {Sweeps:N0} Gibbs sweeps. {Worth(count, things)}";
    }

    string Worth(int count, string things)
    {
        if (Mixing.Unchanged.Count > 0)
            return $"Over the last half of them {string.Join(" and ", Mixing.Unchanged)} never changed, so nothing tells how many "
                + "independent draws these are.";
        double correlation = Math.Clamp(Slowest.HalfCorrelation, 0, 1), rHat = Mixing.Statistics.Max(statistic => statistic.RHat);
        string words = Independent > count - 1 ? $"These {count} {things} are as good as independent ones"
            : $"These {count} {things} are about {Math.Max(1, Math.Round(Independent)):N0} independent ones";
        string mixed = rHat <= MostRHat ? "1.01 or less: the chains agree" : "above 1.01: the chains have not mixed, or were followed too "
            + "briefly to tell";
        return $"{words}: {Slowest.Name} correlates by {NumberText.Fixed(correlation, 2)} with itself {Mixing.Sweeps / 2:N0} sweeps "
            + $"before. R\u0302 over the last {Mixing.Sweeps:N0} sweeps is {NumberText.Short(rHat, 3)} ({mixed}).";
    }
}
