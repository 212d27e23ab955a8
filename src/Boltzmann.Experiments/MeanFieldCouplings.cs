namespace Boltzmann.Experiments;

/// <summary>
/// Direct coupling analysis by mean fields (Morcos et al. 2011): J = −C⁻¹, C the covariances of all letters but the gap, with shares that a
/// pseudocount pulls to equal ones. A plain method beside ours.
/// </summary>
static class MeanFieldCouplings
{
    /// <summary>J, [sites·letters × sites·letters], 0 for the last letter, which is the gauge.</summary>
    /// <param name="family">The sequences, weighed.</param>
    /// <param name="pseudocount">Its share, from 0 to 1.</param>
    public static Matrix Of(ProteinFamily family, double pseudocount)
    {
        int q = family.Letters, sites = family.Sites, size = sites * (q - 1);
        var shares = new PairShares(family, pseudocount);
        var rows = new double[size][];
        for (int u = 0; u < size; u++)
        {
            rows[u] = new double[size];
            int i = u / (q - 1), a = u % (q - 1);
            for (int v = 0; v < size; v++)
            {
                int j = v / (q - 1), b = v % (q - 1);
                rows[u][v] = shares.Pair(i, a, j, b) - shares.Single(i, a) * shares.Single(j, b);
            }
        }
        var factor = new CholeskyFactor(rows);
        var couplings = new Matrix(sites * q, sites * q, Placement.Default.Double);
        double[] column = new double[size], row = new double[sites * q];
        for (int u = 0; u < size; u++)
        {
            Array.Clear(column);
            column[u] = 1;
            factor.Solve(column);
            Array.Clear(row);
            for (int v = 0; v < size; v++)
                if (v / (q - 1) != u / (q - 1)) row[v / (q - 1) * q + v % (q - 1)] = -column[v];
            couplings.WriteRow(u / (q - 1) * q + u % (q - 1), row);
        }
        return couplings;
    }
}
