using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// Population annealing (Hukushima and Iba 2003; Machta 2010): chains are cooled together in steps Δβ; before each, those of high energy
/// are replaced by copies of those of low energy, with weights e^(−ΔβE), so that the population stays a sample of p(x) ∝ e^(−βE). The means
/// of the weights multiply to Z. Annealed again and again until the search ends, with twice as many chains after each population that was
/// too small; log Z is that of the mean of all estimates of Z, each weighted by its number of chains.
/// </summary>
public sealed record PopulationAnnealing : ISearchMethod
{
    /// <summary>The most chains.</summary>
    public const int MostChains = 1 << 16;

    /// <inheritdoc/>
    public string Name => "population";

    /// <summary>R, the chains of the first population; a multiple of 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number, or more than <see cref="MostChains"/>.</exception>
    public int Chains
    {
        get;
        init
        {
            if (value < ChainLanes.Count || value % ChainLanes.Count != 0 || value > MostChains)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"chains come in groups of {ChainLanes.Count}, up to "
                    + $"{MostChains:N0}");
            field = value;
        }
    } = 1024;

    /// <summary>Sweeps at each temperature.</summary>
    public int SweepsPerStep { get; init; } = 10;

    /// <summary>Share of the chains that a step of the temperature leaves in their places: it decides Δβ.</summary>
    public double Survivors { get; init; } = 0.85;

    /// <summary>The temperature that populations end at, where marginals are then measured; null to end where chains hardly move.</summary>
    public double? Temperature { get; init; }

    /// <inheritdoc/>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new PopulationRun(run, this).Steps();
    }
}
