namespace Boltzmann.Compute.Cpu;

/// <summary>A function of two numbers and two constants.</summary>
unsafe interface IFunction
{
    static abstract TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T>;
}
