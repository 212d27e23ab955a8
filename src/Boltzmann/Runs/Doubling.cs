namespace Boltzmann.Runs;

/// <summary>
/// Which units take their inputs twice while machines learn that become a deep Boltzmann machine (Salakhutdinov and Hinton 2009).
/// </summary>
public enum Doubling
{
    /// <summary>None.</summary>
    None,

    /// <summary>The hidden ones, as of the first machine.</summary>
    Up,

    /// <summary>The visible ones, as of the last machine.</summary>
    Down,

    /// <summary>Of a whole stack: the hidden ones of the first machine and the visible ones of the last.</summary>
    Stack,
}
