namespace Boltzmann.Compute.Cpu;

/// <summary>p·a.</summary>
readonly unsafe struct Scaled : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Multiply(a, p);
}
