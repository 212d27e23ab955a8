namespace Boltzmann.Compute;

/// <summary>How numbers stand in this machine's memory.</summary>
public enum HostFormat
{
    /// <summary>A byte each, from 0 to 255.</summary>
    Bytes,

    /// <summary>Single precision, in this machine's order of bytes.</summary>
    Singles,

    /// <summary>Double precision, in this machine's order of bytes.</summary>
    Doubles,
}
