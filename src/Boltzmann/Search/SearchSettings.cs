using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>What may be asked of whichever method searches.</summary>
public sealed record SearchSettings
{
    /// <summary>Temperatures of tempering; null for as many as exchanges need.</summary>
    public int? Temperatures { get; init; }

    /// <summary>The range of inverse temperatures; null for one that is measured.</summary>
    public TemperatureRange? Range { get; init; }

    /// <summary>How annealing cools.</summary>
    public AnnealingSchedule Schedule { get; init; }

    /// <summary>How often each anneal jumps back to where its energy fell fastest.</summary>
    public int Reheats { get; init; }

    /// <summary>Whether pairs of chains of tempering exchange clusters of variables: <see cref="Tempering.ClusterMoves"/>.</summary>
    public bool ClusterMoves { get; init; }

    /// <summary>The temperature at which marginals are wanted; null for none.</summary>
    public double? Temperature { get; init; }

    /// <summary>How many different states are wanted: of more than one, exact methods tell those of few variables only.</summary>
    public int Solutions { get; init; } = 1;

    /// <summary>
    /// Chains at each temperature of tempering, of annealing and descent, of a first population: a multiple of 64; null for 64, 128 and
    /// 1024.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number, or more than <see cref="PopulationAnnealing.MostChains"/>.</exception>
    public int? Chains
    {
        get;
        init => field = value is null || (value > 0 && value % ChainLanes.Count == 0 && value <= PopulationAnnealing.MostChains) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"chains come in groups of {ChainLanes.Count}, up to "
                + $"{PopulationAnnealing.MostChains:N0}");
    }
}
