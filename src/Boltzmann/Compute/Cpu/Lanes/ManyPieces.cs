namespace Boltzmann.Compute.Cpu;

/// <summary>The table is any number of them.</summary>
readonly struct ManyPieces : IPieces
{
    public static int Count => 0;
}
