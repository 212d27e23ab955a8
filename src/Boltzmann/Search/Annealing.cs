namespace Boltzmann.Searching;

/// <summary>
/// Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): 64 chains a group cooled from hot to cold together, again and again. The
/// adaptive schedule measures: Δβ = v/σ_E(β), so that steps are small where the heat capacity is large.
/// </summary>
public sealed record Annealing : ISearchMethod
{
    /// <inheritdoc/>
    public string Name => "annealing";

    /// <summary>How β rises.</summary>
    public AnnealingSchedule Schedule { get; init; } = AnnealingSchedule.Adaptive;

    /// <summary>The range of inverse temperatures; null for one that is measured.</summary>
    public TemperatureRange? Range { get; init; }

    /// <summary>Sweeps of the first anneal; each further one takes as many, or twice as many where <see cref="Doubles"/>.</summary>
    public int Sweeps { get; init; } = 1000;

    /// <summary>Whether each anneal takes twice as many sweeps as the one before: the longer one is, the lower it ends.</summary>
    public bool Doubles { get; init; } = true;

    /// <summary>How often an anneal jumps back to where the heat capacity was largest and cools again.</summary>
    public int Reheats { get; init; }

    /// <summary>Groups of 64 chains.</summary>
    public int Groups { get; init; } = 2;

    /// <inheritdoc/>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new AnnealingRun(run, this).Steps();
    }
}
