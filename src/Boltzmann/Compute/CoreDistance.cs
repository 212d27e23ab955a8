namespace Boltzmann.Compute;

/// <summary>
/// How far apart the cores are that share an operation. It decides which thread does what, never what comes out: results have the same bits
/// in any case.
/// </summary>
public enum CoreDistance
{
    /// <summary>Found out when threads first share an operation and now and then: virtual machines are moved as they run.</summary>
    Measured,

    /// <summary>They share a cache: a word goes there and back in about 100 ns.</summary>
    Near,

    /// <summary>They are on several dies or sockets, where it takes 400 ns and more: weights should stay where they are.</summary>
    Far,
}
