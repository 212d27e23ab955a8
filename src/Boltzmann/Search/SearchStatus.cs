namespace Boltzmann.Searching;

/// <summary>Why a search ended.</summary>
public enum SearchStatus
{
    /// <summary>Every constraint holds, or enough of their weight.</summary>
    Satisfied,

    /// <summary>The energy or the objective that was asked for is reached.</summary>
    Target,

    /// <summary>No state has a lower energy.</summary>
    Proved,

    /// <summary>The time is up.</summary>
    Seconds,

    /// <summary>The sweeps are done.</summary>
    Sweeps,

    /// <summary>Nothing better was found for as long as was allowed.</summary>
    Stalled,

    /// <summary>Whoever asked stopped it.</summary>
    Interrupted,
}
