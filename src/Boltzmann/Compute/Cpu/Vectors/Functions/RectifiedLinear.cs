namespace Boltzmann.Compute.Cpu;

/// <summary>max(0, a + b): NaN stays NaN.</summary>
readonly unsafe struct RectifiedLinear : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Max(TO.Zero, TO.Add(a, b));
}
