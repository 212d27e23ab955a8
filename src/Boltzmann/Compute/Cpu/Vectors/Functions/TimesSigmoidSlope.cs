namespace Boltzmann.Compute.Cpu;

/// <summary>
/// a·b(1 − b): an error times the slope of the sigmoid where its value is b. At most 2 ulp off, but for the cancellation in 1 − b.
/// </summary>
readonly unsafe struct TimesSigmoidSlope : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Multiply(b, TO.Subtract(TO.Constant(1), b)));
}
