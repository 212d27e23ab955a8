using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// The mean of what populations estimate, each of weight R·Ẑ (Machta 2010), and its error. Chains of one family are related, families are
/// not: the variance of a mean over chains is that of a sum over families.
/// </summary>
sealed class PopulationSum(int units, bool measures)
{
    readonly double[] on = new double[measures ? units : 0], onVariances = new double[measures ? units : 0];
    readonly List<(double Chains, double Log, double Variance)> runs = [];
    double total = double.NegativeInfinity;
    double beta;

    /// <summary>What the last one tells by itself.</summary>
    public PopulationEstimate? Last { get; private set; }

    /// <summary>log Z at the end of all; null where populations did not end at the same temperature.</summary>
    public LogPartitionAt? LogPartition { get; private set; }

    /// <summary>Adds a population at its end.</summary>
    public void Add(ChainPopulation population, double bestEnergy, double resolution)
    {
        int chains = population.Chains;
        var sizes = new Dictionary<int, int>();
        foreach (int family in population.Families) sizes[family] = sizes.GetValueOrDefault(family) + 1;
        double squares = sizes.Values.Sum(size => Math.Pow((double)size / chains, 2));
        int best = Enumerable.Range(0, chains).Count(i => population.Energy(i) <= bestEnergy + resolution);
        double share = (double)best / chains;
        Last = new(chains, sizes.Count, chains * squares, share,
            best > 0 ? Math.Exp(Math.Log(share) + population.LogPartition + population.Beta * bestEnergy) : double.NaN);

        // Populations that ended where chains stand still did so at temperatures of their own: the last one counts.
        if (population.Beta != beta) Forget();
        beta = population.Beta;
        runs.Add((chains, population.LogPartition, Math.Max(0, squares - 1.0 / chains)));
        LogPartition = Combine();
        if (measures) Measure(population);
    }

    public Marginals Marginals(double temperature)
    {
        double[] errors = [.. onVariances.Select(Math.Sqrt)];
        return new(temperature, [.. on], errors, "population");
    }

    void Forget()
    {
        runs.Clear();
        total = double.NegativeInfinity;
    }

    LogPartitionAt Combine()
    {
        double most = runs.Max(r => r.Log), z = runs.Sum(r => r.Chains * Math.Exp(r.Log - most)), count = runs.Sum(r => r.Chains);
        double within = runs.Sum(r => Math.Pow(r.Chains * Math.Exp(r.Log - most) / z, 2) * r.Variance);
        // What the estimates differ by says the same, where there are enough of them.
        double between = runs.Count < FewestRuns ? 0
            : runs.Sum(r => Math.Pow(r.Chains * (Math.Exp(r.Log - most) * count / z - 1) / count, 2)) * runs.Count / (runs.Count - 1.0);
        return new(beta, most + Math.Log(z / count), Math.Sqrt(Math.Max(within, between)), "population");
    }

    const int FewestRuns = 8;

    void Measure(ChainPopulation population)
    {
        double log = Math.Log(population.Chains) + population.LogPartition, most = Math.Max(log, total);
        double sum = most + Math.Log(Math.Exp(log - most) + Math.Exp(total - most)), weight = Math.Exp(log - sum);
        total = sum;
        double[] means = new double[units], variances = new double[units];
        population.Measure(means, variances);
        for (int i = 0; i < units; i++)
        {
            on[i] += weight * (means[i] - on[i]);
            onVariances[i] = (1 - weight) * (1 - weight) * onVariances[i] + weight * weight * variances[i];
        }
    }
}
