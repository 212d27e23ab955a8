namespace Boltzmann.Compute.Cpu;

/// <summary>a·b.</summary>
readonly unsafe struct Times : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Multiply(a, b);
}
