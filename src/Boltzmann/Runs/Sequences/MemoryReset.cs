namespace Boltzmann.Runs;

/// <summary>Where online learning empties the memory.</summary>
public enum MemoryReset
{
    /// <summary>Where a sequence begins.</summary>
    Sequences,

    /// <summary>Nowhere: the memory goes on over all of them.</summary>
    Never,
}
