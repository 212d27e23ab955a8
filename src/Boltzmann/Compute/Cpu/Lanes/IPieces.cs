namespace Boltzmann.Compute.Cpu;

/// <summary>In how many pieces a table is looked up: one, two, or as many as there are.</summary>
interface IPieces
{
    /// <summary>1 or 2; 0 for any number.</summary>
    static abstract int Count { get; }
}
