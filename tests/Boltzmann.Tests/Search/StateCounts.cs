using Boltzmann.Compute;
using Boltzmann.Searching;

namespace Boltzmann.Tests.Searching;

/// <summary>How often chains were in each state of a small energy, beside how often they should be.</summary>
/// <param name="p">The probability of each state, numbered as <see cref="SmallEnergies.All"/> does; they need not sum to 1.</param>
sealed class StateCounts(double[] p)
{
    readonly double[] counts = new double[p.Length];

    /// <summary>Of the Boltzmann distribution e^(−βE)/Z, by enumeration.</summary>
    public static StateCounts Of(BinaryEnergy energy, double beta)
    {
        double[] energies = SmallEnergies.All(energy);
        double least = energies.Min();
        return new([.. energies.Select(e => Math.Exp(-beta * (e - least)))]);
    }

    /// <summary>Counts the states of all chains.</summary>
    public void Add(ChainLanes chains)
    {
        byte[] state = new byte[chains.Program.Units];
        for (int c = 0; c < ChainLanes.Count; c++)
        {
            chains.Get(c, state);
            Add(SmallEnergies.Index(state));
        }
    }

    /// <summary>Counts a state.</summary>
    public void Add(int number) => counts[number]++;

    /// <summary>
    /// The total variation between counts and probabilities is at most so many times what independent draws would have: half the mean
    /// absolute deviation of binomial counts.
    /// </summary>
    public void AgreeUpTo(double factor, string what = "")
    {
        double total = counts.Sum(), z = p.Sum(), variation = 0, floor = 0;
        for (int k = 0; k < p.Length; k++)
        {
            double share = p[k] / z;
            variation += Math.Abs(counts[k] / total - share) / 2;
            floor += Math.Sqrt(2 / Math.PI * share * (1 - share) / total) / 2;
        }
        Assert.True(variation < factor * floor, $"{what} total variation {variation:F4}, Monte Carlo floor {floor:F4}");
    }
}
