namespace Boltzmann.Compute.Cpu;

/// <summary>p·a + q·b: at most 1.5 ulp of |p·a| + |q·b| off, after p and q have been rounded.</summary>
readonly unsafe struct WeightedSum : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Fma(a, p, TO.Multiply(b, q));
}
