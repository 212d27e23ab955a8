namespace Boltzmann.Experiments;

/// <summary>Shares of letters at sites and at pairs of sites, by the weights of sequences.</summary>
sealed class PairShares
{
    readonly int letters;
    readonly double pseudocount;
    readonly Matrix pairs;
    readonly double[] singles;

    /// <param name="family">The sequences, weighed.</param>
    /// <param name="pseudocount">How much of the shares is that of equal letters.</param>
    public PairShares(ProteinFamily family, double pseudocount = 0) : this(family.Learned, family.Letters, pseudocount) { }

    /// <param name="rows">One-hot blocks, weighed or not.</param>
    /// <param name="letters">Units of a block.</param>
    /// <param name="pseudocount">How much of the shares is that of equal letters.</param>
    public PairShares(Dataset rows, int letters, double pseudocount = 0)
    {
        this.letters = letters;
        this.pseudocount = pseudocount;
        Placement wide = Placement.Default.Double;
        Matrix all = rows.ToMatrix(wide), weighed = all.Like(all.Rows, all.Columns), weights = new(all.Rows, 1, wide);
        for (int r = 0; r < all.Rows; r++) weights[r, 0] = rows.RowWeights?[r] ?? 1;
        double total = weights.Summarize().Sum;
        weighed.SetScaled(all, weights);
        pairs = new(all.Columns, all.Columns, wide);
        pairs.SetOuterProducts([new Factor(all, weighed, 1 / total)]);
        singles = new double[all.Columns];
        for (int u = 0; u < singles.Length; u++) singles[u] = pairs[u, u];
        Units = singles.Length;
        values = pairs.ToArray();
    }

    readonly double[,] values;

    /// <summary>Sites × letters.</summary>
    public int Units { get; }

    /// <summary>f_i(a).</summary>
    public double Single(int site, int letter) => (1 - pseudocount) * singles[site * letters + letter] + pseudocount / letters;

    /// <summary>f_ij(a, b); of one site f_i(a) where a = b, 0 elsewhere.</summary>
    public double Pair(int site, int letter, int other, int second) => site == other ? (letter == second ? Single(site, letter) : 0)
        : (1 - pseudocount) * values[site * letters + letter, other * letters + second] + pseudocount / (letters * letters);

    /// <summary>Mutual information of each two sites, in nats, [sites × sites].</summary>
    public double[,] MutualInformation()
    {
        int sites = Units / letters;
        var information = new double[sites, sites];
        for (int i = 0; i < sites; i++)
            for (int j = 0; j < sites; j++)
                for (int a = 0; a < letters && i != j; a++)
                    for (int b = 0; b < letters; b++)
                        if (Pair(i, a, j, b) is > 0 and double both)
                            information[i, j] += both * Math.Log(both / (Single(i, a) * Single(j, b)));
        return information;
    }
}
