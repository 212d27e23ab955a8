namespace Boltzmann.Compute.Cpu;

/// <summary>a·√b: at most 1 ulp off.</summary>
readonly unsafe struct TimesRoot : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Sqrt(b));
}
