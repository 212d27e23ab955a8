namespace Boltzmann.Compute.Cpu;

/// <summary>a where b &gt; 0, else a·0 (so that NaN and ∞ are not hidden).</summary>
readonly unsafe struct TimesStep : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Select(TO.Greater(b, TO.Zero), TO.Constant(1), TO.Zero));
}
