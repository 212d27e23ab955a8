namespace Boltzmann.Searching;

/// <summary>Random states that descend: no heat, so that each ends in the nearest minimum. What every other method must beat.</summary>
public sealed record Descent : ISearchMethod
{
    /// <inheritdoc/>
    public string Name => "descent";

    /// <summary>Groups of 64 chains.</summary>
    public int Groups { get; init; } = 2;

    /// <inheritdoc/>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new AnnealingRun(run, new Annealing { Sweeps = 1, Doubles = false, Groups = Groups }).Steps();
    }
}
