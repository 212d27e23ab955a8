namespace Boltzmann.Searching;

/// <summary>
/// Replica exchange (Swendsen and Wang 1986; Geyer 1991; Hukushima and Nemoto 1996): 64 chains at each of several temperatures, neighbours
/// in temperature exchanging their states every few sweeps. The ladder measures itself: its hot end forgets within some sweeps, its cold
/// end stands nearly still, and the temperatures between lie so that all exchanges are equally likely.
/// </summary>
public sealed record Tempering : ISearchMethod
{
    /// <inheritdoc/>
    public string Name => "tempering";

    /// <summary>Temperatures to begin with; null for 16, and more, up to 64, where exchanges are rare.</summary>
    public int? Temperatures { get; init; }

    /// <summary>The range of inverse temperatures; null for one that is measured.</summary>
    public TemperatureRange? Range { get; init; }

    /// <summary>The temperature of the coldest chains, whose marginals are then measured; null for one that is measured, and no
    /// marginals.</summary>
    public double? Temperature { get; init; }

    /// <summary>Groups of 64 chains at each temperature.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Sweeps between exchanges.</summary>
    public int SweepsPerExchange { get; init; } = 4;

    /// <summary>
    /// Whether pairs of chains at one temperature now and then exchange a cluster of units: isoenergetic cluster moves (Houdayer 2001), for
    /// sparse graphs; where most units differ in one cluster they are no more than an exchange of states. Not for clauses, blocks and
    /// marginals.
    /// </summary>
    public bool ClusterMoves { get; init; }

    /// <inheritdoc/>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        var ladder = new TemperingLadder(run, this);
        // What goes on may have been at its end.
        if (run.Resumed is not null) yield return run;
        while (ladder.Advance()) yield return run;
    }
}
