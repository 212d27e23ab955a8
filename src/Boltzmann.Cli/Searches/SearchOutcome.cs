using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>What came of a search, whatever was searched for.</summary>
/// <param name="Result">The search itself; its states are whole ones, of the problem as it was read.</param>
/// <param name="Value">The objective of the best state, in its own sense.</param>
sealed record SearchOutcome(SearchResult Result, double Value)
{
    /// <summary>How far the constraints hold; null where there are none.</summary>
    public Satisfaction? Found { get; init; }

    /// <summary>Whether the best state keeps all hard constraints.</summary>
    public bool IsFeasible { get; init; } = true;

    /// <summary>By point of the trace, whether that state did.</summary>
    public Func<int, bool> WasFeasible { get; init; } = _ => true;

    /// <summary>The weights that the search chose for hard constraints.</summary>
    public IReadOnlyList<ConstraintWeight> Penalties { get; init; } = [];

    /// <summary>Times that they grew.</summary>
    public int PenaltyRounds { get; init; }

    /// <summary>Variables that needed no search.</summary>
    public int Removed { get; init; }

    /// <summary>Parts that were searched apart.</summary>
    public int Components { get; init; } = 1;

    /// <summary>By solution of the result, the values of what has a name; empty for variables that only have numbers.</summary>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, int>>> Assignments { get; init; } = [];

    /// <summary>Whether the target that was asked for is missed.</summary>
    public bool IsMissed { get; init; }
}
