namespace Boltzmann.Compute.Cpu;

/// <summary>A number known when code is compiled: a kernel that is generic over it comes out as if written for that number.</summary>
interface ICount
{
    static abstract int Value { get; }
}
