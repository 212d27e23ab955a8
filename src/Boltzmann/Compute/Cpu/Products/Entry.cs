namespace Boltzmann.Compute.Cpu;

/// <summary>A value of a sparse row, and where the row of the other operand that it multiplies begins.</summary>
struct Entry<T>
{
    public nint Offset;
    public T Value;
}
