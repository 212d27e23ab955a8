namespace Boltzmann.Searching;

/// <summary>What a search found.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Energy">The lowest energy, computed in double precision from the problem.</param>
/// <param name="Assignment">The state that has it: 0 or 1 for each variable.</param>
/// <param name="Method">How it moved.</param>
/// <param name="Seed">All its randomness.</param>
/// <param name="Sweeps">Of every chain.</param>
/// <param name="Updates">Times a variable was drawn.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="ProcessorSeconds">Processor time of the program.</param>
/// <param name="Restarts">Anneals that began anew.</param>
/// <param name="Reheats">Jumps back to a hotter temperature.</param>
/// <param name="Trace">Every state that was better than all before.</param>
/// <param name="Solutions">The best different states, the best first.</param>
/// <param name="Ladder">The temperatures, hottest first; empty for methods without.</param>
public sealed record SearchResult(SearchStatus Status, double Energy, IReadOnlyList<byte> Assignment, string Method, ulong Seed,
    long Sweeps,
    double Updates, double Seconds, double ProcessorSeconds, long Restarts, long Reheats, IReadOnlyList<TracePoint> Trace,
    IReadOnlyList<SearchSolution> Solutions, IReadOnlyList<LadderRung> Ladder)
{
    /// <summary>How many states have the least energy; null where nobody counted.</summary>
    public long? GroundStates { get; init; }

    /// <summary>log Z at the temperature that the method ended at; null where it does not tell.</summary>
    public LogPartitionAt? LogPartition { get; init; }

    /// <summary>How probable it is that each variable is 1; null unless the method was given a temperature for them.</summary>
    public Marginals? Marginals { get; init; }

    /// <summary>What the last population tells; null for other methods.</summary>
    public PopulationEstimate? Population { get; init; }
}
