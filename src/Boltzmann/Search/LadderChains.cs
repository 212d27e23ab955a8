using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>All chains at one temperature of a ladder: one group of 64, or several.</summary>
/// <param name="groups">Of one program; chain c of group g has the number 64g + c.</param>
sealed class LadderChains(ChainLanes[] groups)
{
    /// <summary>The groups.</summary>
    public ChainLanes[] Groups => groups;

    /// <summary>Chains.</summary>
    public int Count => groups.Length * ChainLanes.Count;

    /// <summary>Their inverse temperature.</summary>
    public double Beta
    {
        get => groups[0].Beta;
        set
        {
            foreach (ChainLanes group in groups) group.Beta = value;
        }
    }

    /// <summary>Mean of the energies as they are.</summary>
    public double MeanNow => groups.Average(group => group.Energies.Average());

    /// <summary>Mean energy since <see cref="ClearSums"/>.</summary>
    public double Mean
    {
        get
        {
            double sum = 0;
            foreach (ChainLanes group in groups) sum += MeanOf(group);
            return sum / groups.Length;
        }
    }

    /// <summary>Standard deviation of the energies since <see cref="ClearSums"/>.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean, variance = 0;
            foreach (ChainLanes group in groups)
            {
                var (sum, squares, terms) = group.Sums;
                if (terms == 0) return 0;
                double apart = MeanOf(group) - mean;
                variance += squares / terms - sum / terms * (sum / terms) + apart * apart;
            }
            return Math.Sqrt(Math.Max(0, variance / groups.Length));
        }
    }

    /// <summary>The energy of a chain.</summary>
    public double EnergyOf(int chain) => groups[chain / ChainLanes.Count].Energies[chain % ChainLanes.Count];

    /// <summary>Begins new sums of energies.</summary>
    public void ClearSums()
    {
        foreach (ChainLanes group in groups) group.ClearSums();
    }

    /// <summary>Copies the energies of all chains.</summary>
    public void CopyEnergiesTo(double[] energies)
    {
        for (int g = 0; g < groups.Length; g++) groups[g].Energies.CopyTo(energies, g * ChainLanes.Count);
    }

    /// <summary>Takes the states and energies of the chains at another temperature.</summary>
    public void CopyFrom(LadderChains other)
    {
        for (int g = 0; g < groups.Length; g++) groups[g].CopyFrom(other.Groups[g]);
    }

    /// <summary>Chains whose mask byte is not 0 change places with those of another temperature.</summary>
    public void Exchange(LadderChains other, ReadOnlySpan<sbyte> mask)
    {
        for (int g = 0; g < groups.Length; g++)
        {
            ReadOnlySpan<sbyte> own = mask.Slice(g * ChainLanes.Count, ChainLanes.Count);
            if (own.ContainsAnyExcept((sbyte)0)) groups[g].Exchange(other.Groups[g], own);
        }
    }

    /// <summary>The states of all chains, 0 or 1 by unit.</summary>
    public byte[][] States()
    {
        byte[][] states = new byte[Count][];
        for (int c = 0; c < states.Length; c++)
            groups[c / ChainLanes.Count].Get(c % ChainLanes.Count, states[c] = new byte[groups[0].Program.Units]);
        return states;
    }

    static double MeanOf(ChainLanes group) => group.Reference + (group.Sums.Terms > 0 ? group.Sums.Sum / group.Sums.Terms : 0);
}
