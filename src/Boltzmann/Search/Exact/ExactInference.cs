namespace Boltzmann.Searching;

/// <summary>
/// What an energy's distribution p(x) ∝ e^(−βE(x)) is, exactly: the logarithm of its normalising sum, and how probable it is that each
/// variable is 1; by elimination there and back (Lauritzen and Spiegelhalter 1988).
/// </summary>
/// <param name="LogPartition">log Σ e^(−βE), in nats.</param>
/// <param name="Marginals">p(x = 1), by variable.</param>
public sealed record ExactInference(double LogPartition, IReadOnlyList<double> Marginals)
{
    /// <summary>Computes both.</summary>
    /// <param name="energy">Nearly a tree: at most <see cref="Elimination.MostWidth"/> variables meet.</param>
    /// <param name="beta">Inverse temperature, in one over the unit of energy.</param>
    /// <returns>Null if too many variables meet, or there are clauses.</returns>
    public static ExactInference? Of(BinaryEnergy energy, double beta)
    {
        ArgumentNullException.ThrowIfNull(energy);
        if (Elimination.Order(energy) is not EliminationOrder order) return null;
        var tree = new CliqueTree(energy, order);
        double[][] tables = new double[tree.Turns][], up = new double[tree.Turns][];
        double log = -beta * energy.Offset;
        for (int k = 0; k < tree.Turns; k++)
        {
            double[] table = tree.Own(k);
            for (int s = 0; s < table.Length; s++) table[s] *= -beta;
            foreach (var (child, bits) in tree.Children(k))
                for (int s = 0; s < table.Length; s++) table[s] += up[child][CliqueTree.Gather(s, bits)];
            up[k] = new double[table.Length / 2];
            for (int s = 0; s < up[k].Length; s++) up[k][s] = LogSum(table[2 * s], table[2 * s + 1]);
            tables[k] = table;
            if (tree.Parents[k] < 0) log += up[k][0];
        }
        double[] marginals = new double[energy.Variables];
        for (int k = tree.Turns - 1; k >= 0; k--)
        {
            // The table now holds log p of its scope's states: what the parent knows has been added, and tables with no parent are
            // normalised.
            double[] table = tables[k];
            if (tree.Parents[k] < 0)
                for (int s = 0; s < table.Length; s++) table[s] -= up[k][0];
            double on = 0;
            for (int s = 1; s < table.Length; s += 2) on += Math.Exp(table[s]);
            marginals[tree.Scope(k)[0]] = Math.Clamp(on, 0, 1);
            foreach (var (child, bits) in tree.Children(k))
            {
                double[] down = new double[up[child].Length];
                Array.Fill(down, double.NegativeInfinity);
                for (int s = 0; s < table.Length; s++)
                {
                    ref double sum = ref down[CliqueTree.Gather(s, bits)];
                    sum = LogSum(sum, table[s]);
                }
                double[] own = tables[child];
                for (int s = 0; s < own.Length; s++) own[s] += down[s / 2] - up[child][s / 2];
            }
            tables[k] = [];
        }
        return new(log, marginals);
    }

    static double LogSum(double a, double b)
    {
        double most = Math.Max(a, b);
        return double.IsNegativeInfinity(most) ? most : most + Math.Log(Math.Exp(a - most) + Math.Exp(b - most));
    }
}
