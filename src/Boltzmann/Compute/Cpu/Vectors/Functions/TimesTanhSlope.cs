namespace Boltzmann.Compute.Cpu;

/// <summary>a(1 − b²): an error times the slope of tanh where its value is b.</summary>
readonly unsafe struct TimesTanhSlope : IFunction
{
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Multiply(a, TO.Subtract(TO.Constant(1), TO.Multiply(b, b)));
}
