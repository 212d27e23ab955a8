namespace Boltzmann.Compute.Cpu;

/// <summary>a·b⁻¹.</summary>
readonly unsafe struct Over : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> => TO.Divide(a, b);
}
