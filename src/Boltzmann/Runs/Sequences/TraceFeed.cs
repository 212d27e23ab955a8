namespace Boltzmann.Runs;

/// <summary>Which step feeds the traces of a memory.</summary>
public enum TraceFeed
{
    /// <summary>The one that leaves the queue (Osogami and Otsuka 2015).</summary>
    Delayed,

    /// <summary>The newest, which the queue has too.</summary>
    Now,
}
