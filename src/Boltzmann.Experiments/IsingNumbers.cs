namespace Boltzmann.Experiments;

/// <summary>What chains say of a lattice.</summary>
/// <param name="Energy">A spin.</param>
/// <param name="SpecificHeat">A spin.</param>
/// <param name="Magnetisation">⟨|m|⟩.</param>
/// <param name="Sweeps">Followed, of each chain.</param>
sealed record IsingNumbers(ChainStatistic Energy, ChainStatistic SpecificHeat, ChainStatistic Magnetisation, int Sweeps)
{
    /// <summary>The longest autocorrelation time, in sweeps.</summary>
    public double SlowestTime => Math.Max(Energy.Time.Value, Magnetisation.Time.Value);

    /// <summary>As they are kept.</summary>
    public double[] ToNumbers() => [Sweeps, .. Parts(Energy), .. Parts(SpecificHeat), .. Parts(Magnetisation)];

    /// <summary>As they were kept.</summary>
    public static IsingNumbers From(double[] kept) => new(Statistic("energy", kept, 0), Statistic("specific heat", kept, 1),
        Statistic("|m|", kept, 2), (int)kept[0]);

    static double[] Parts(ChainStatistic s) => [s.Mean, s.StandardDeviation, s.Time.Value, s.Time.StandardError, s.Time.Window,
        s.Time.IsClosed ? 1 : 0, s.EffectiveSampleSize, s.RHat];

    static ChainStatistic Statistic(string name, double[] kept, int place)
    {
        ReadOnlySpan<double> own = kept.AsSpan(1 + 8 * place, 8);
        return new(name, own[0], own[1], new(own[2], own[3], (int)own[4], own[5] > 0), own[6], own[7]);
    }

    /// <summary>Whether the chains were long enough to know all autocorrelation times.</summary>
    public bool IsClosed => Energy.Time.IsClosed && SpecificHeat.Time.IsClosed && Magnetisation.Time.IsClosed;
}
