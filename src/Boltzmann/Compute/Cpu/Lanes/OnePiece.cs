namespace Boltzmann.Compute.Cpu;

/// <summary>The table is one piece.</summary>
readonly struct OnePiece : IPieces
{
    public static int Count => 1;
}
