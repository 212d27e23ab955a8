namespace Boltzmann.Searching;

/// <summary>When a search ends: at the first rule that holds.</summary>
public sealed record StopRule
{
    /// <summary>
    /// Ends with <see cref="SearchStatus.Satisfied"/> at this energy or below, where enough of the constraints hold: 0 for all of them, or
    /// <see cref="ProblemClauses.EnergyWithin"/>; null for none.
    /// </summary>
    public double? SatisfiedEnergy { get; init; }

    /// <summary>Ends at this energy or below; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>
    /// Ends a problem's search when all hard constraints hold and soft ones of this share of their weight, 0 to 1; null for none. A problem
    /// without an objective ends when everything holds in any case.
    /// </summary>
    public double? Satisfied { get; init; }

    /// <summary>Ends after so many seconds of wall time; null for none.</summary>
    public double? Seconds { get; init; }

    /// <summary>Ends after so many sweeps of every chain; null for none.</summary>
    public long? Sweeps { get; init; }

    /// <summary>Ends when nothing better was found for so many seconds; null for none.</summary>
    public double? StalledSeconds { get; init; }

    /// <summary>Ends when nothing better was found for so many sweeps; null for none.</summary>
    public long? StalledSweeps { get; init; }

    /// <summary>Ends with <see cref="SearchStatus.Interrupted"/> when it is cancelled.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether anything but a cancellation ends the search.</summary>
    public bool IsBounded => Target is not null || SatisfiedEnergy is not null || Satisfied is not null || Seconds is not null
        || Sweeps is not null
        || StalledSeconds is not null || StalledSweeps is not null;
}
