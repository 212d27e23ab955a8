namespace Boltzmann.Experiments;

/// <summary>P(K): how often K neurons fire in the same bin.</summary>
static class SpikeCounts
{
    const int BurnIn = 1000, Chains = 500, Sweeps = 400;
    const uint Stream = 0x73706b73;

    /// <summary>Of rows of bits.</summary>
    public static double[] Of(Matrix rows)
    {
        var shares = new double[rows.Columns + 1];
        Count(rows, shares, 1.0 / rows.Rows);
        return shares;
    }

    /// <summary>Of neurons that fire by themselves, each with its own rate.</summary>
    public static double[] Independent(IReadOnlyList<double> rates)
    {
        var shares = new double[rates.Count + 1];
        shares[0] = 1;
        for (int n = 0; n < rates.Count; n++)
            for (int k = n + 1; k >= 0; k--)
                shares[k] = shares[k] * (1 - rates[n]) + (k > 0 ? shares[k - 1] * rates[n] : 0);
        return shares;
    }

    /// <summary>Of Gibbs chains of a machine, which begin at rows.</summary>
    public static double[] Of(EnergyModel model, Dataset rows, ExperimentContext context)
    {
        var state = new State(model, Chains);
        model.SetRows(state, rows.Take(Chains).ToMatrix(model.Placement));
        var rng = new Rng(context.Seed, Stream);
        var shares = new double[model.RowColumns + 1];
        int sweeps = context.Quick ? 10 : Sweeps;
        for (int s = context.Quick ? -10 : -BurnIn; s < sweeps; s++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            Gibbs.Sweep(model, state, rng);
            if (s >= 0) Count(state[0], shares, 1.0 / sweeps / Chains);
        }
        return shares;
    }

    static void Count(Matrix rows, double[] shares, double weight)
    {
        var sums = new Matrix(rows.Rows, 1, rows.Placement);
        sums.AddRowSums(rows);
        foreach (double k in sums.ReadColumn(0)) shares[(int)Math.Round(k)] += weight;
    }
}
