namespace Boltzmann.Compute.Cpu;

/// <summary>The table is two.</summary>
readonly struct TwoPieces : IPieces
{
    public static int Count => 2;
}
