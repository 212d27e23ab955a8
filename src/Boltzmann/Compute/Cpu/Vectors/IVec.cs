namespace Boltzmann.Compute.Cpu;

/// <summary>
/// One vector width and element type, so that each kernel is written once: generic over (TV, T, TO), the JIT compiles it to the same code
/// as a version written for the concrete vector. On machines without a width, .NET runs it in software: slow, but right.
/// </summary>
unsafe partial interface IVec<TV, T> where T : unmanaged
{
    static abstract int Count { get; }
    static abstract TV Zero { get; }
    static abstract TV Splat(T value);
    static abstract TV Load(T* address);
    static abstract void Store(TV value, T* address);
    static abstract TV Add(TV a, TV b);
    static abstract TV Subtract(TV a, TV b);
    static abstract TV Multiply(TV a, TV b);
    static abstract TV Divide(TV a, TV b);

    /// <summary>a·b + c, rounded once where the hardware can.</summary>
    static abstract TV Fma(TV a, TV b, TV c);

    /// <summary>Whether every lane is 0.</summary>
    static abstract bool IsZero(TV a);

    /// <summary>Sum of the lanes.</summary>
    static abstract T Sum(TV a);
}
