namespace Boltzmann.Evaluation;

/// <summary>
/// How strongly sites act on each other: F_ij = √Σ_ab J_ij(a, b)² over letters, gaps left out, of couplings in zero-sum gauge, less the
/// average product correction F_i·F_j/F, F_i the mean over the other sites and F over all pairs (Dunn, Wahl and Gloor 2008), which takes
/// away what a site has with all others. Pairs of high scores are near in the folded protein.
/// </summary>
public static class ContactScores
{
    /// <summary>The scores, [sites × sites], symmetric, 0 with itself.</summary>
    /// <param name="couplings">J, [sites·letters × sites·letters]; see <see cref="EffectiveCouplings"/>.</param>
    /// <param name="letters">Units of a site; 1 for units of two values, whose score is |J| corrected.</param>
    /// <param name="gap">The letter that is a gap, from 0; null for none.</param>
    /// <exception cref="ArgumentException">The couplings are no such table.</exception>
    public static double[,] Of(Matrix couplings, int letters, int? gap = null)
    {
        if (letters < 1 || couplings.Rows != couplings.Columns || couplings.Rows % letters != 0)
            throw new ArgumentException($"couplings {couplings.Shape} are not those of sites of {letters} letters");
        int sites = couplings.Rows / letters;
        double[,] all = couplings.ToArray(), norms = new double[sites, sites];
        var block = new double[letters, letters];
        for (int i = 0; i < sites; i++)
            for (int j = i + 1; j < sites; j++)
            {
                for (int a = 0; a < letters; a++)
                    for (int b = 0; b < letters; b++) block[a, b] = all[i * letters + a, j * letters + b];
                if (letters > 1) ToZeroSum(block);
                norms[i, j] = norms[j, i] = Norm(block, gap);
            }
        return Corrected(norms);
    }

    /// <summary>Scores less the average product correction.</summary>
    /// <param name="scores">[sites × sites], symmetric.</param>
    public static double[,] Corrected(double[,] scores)
    {
        int sites = scores.GetLength(0);
        var means = new double[sites];
        double all = 0;
        for (int i = 0; i < sites; i++)
        {
            for (int j = 0; j < sites; j++)
                if (j != i) means[i] += scores[i, j] / (sites - 1);
            all += means[i] / sites;
        }
        var corrected = new double[sites, sites];
        for (int i = 0; i < sites; i++)
            for (int j = 0; j < sites; j++)
                if (i != j) corrected[i, j] = scores[i, j] - (all == 0 ? 0 : means[i] * means[j] / all);
        return corrected;
    }

    /// <summary>Zero-sum gauge: every row and every column of a square block adds up to 0.</summary>
    internal static void ToZeroSum(double[,] block)
    {
        int n = block.GetLength(0);
        double[] rows = new double[n], columns = new double[n];
        double all = 0;
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++)
            {
                rows[a] += block[a, b] / n;
                columns[b] += block[a, b] / n;
                all += block[a, b] / (n * (double)n);
            }
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++) block[a, b] += all - rows[a] - columns[b];
    }

    static double Norm(double[,] block, int? gap)
    {
        double sum = 0;
        for (int a = 0; a < block.GetLength(0); a++)
            for (int b = 0; b < block.GetLength(1); b++)
                if (a != gap && b != gap) sum += block[a, b] * block[a, b];
        return Math.Sqrt(sum);
    }
}
