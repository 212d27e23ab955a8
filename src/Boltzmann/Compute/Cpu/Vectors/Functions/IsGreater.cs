namespace Boltzmann.Compute.Cpu;

/// <summary>1 where a &gt; b, else 0.</summary>
readonly unsafe struct IsGreater : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Select(TO.Greater(a, b), TO.Constant(1), TO.Zero);
}
