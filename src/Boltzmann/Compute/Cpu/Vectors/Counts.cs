namespace Boltzmann.Compute.Cpu;

/// <summary>The numbers that kernels are generated for.</summary>
static class Counts
{
    public readonly struct N1 : ICount { public static int Value => 1; }
    public readonly struct N2 : ICount { public static int Value => 2; }
    public readonly struct N3 : ICount { public static int Value => 3; }
    public readonly struct N4 : ICount { public static int Value => 4; }
    public readonly struct N5 : ICount { public static int Value => 5; }
    public readonly struct N6 : ICount { public static int Value => 6; }
    public readonly struct N7 : ICount { public static int Value => 7; }
    public readonly struct N8 : ICount { public static int Value => 8; }
    public readonly struct N9 : ICount { public static int Value => 9; }
    public readonly struct N10 : ICount { public static int Value => 10; }
    public readonly struct N11 : ICount { public static int Value => 11; }
    public readonly struct N12 : ICount { public static int Value => 12; }
}
