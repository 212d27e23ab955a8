using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>The mean of a binary unit with input a and bias b, σ(a + b).</summary>
readonly unsafe struct Binary : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        Exponential.Logistic<TV, T, TO>(TO.Add(a, b));
}
