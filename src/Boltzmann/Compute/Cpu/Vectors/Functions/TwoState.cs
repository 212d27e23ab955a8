using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>The mean of a two-valued unit with input a and bias b: q + p·σ(p(a + b)), p = high − low, q = low.</summary>
readonly unsafe struct TwoState : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TV Invoke<TV, T, TO>(TV a, TV b, TV p, TV q) where T : unmanaged where TO : struct, IVec<TV, T> =>
        TO.Fma(Exponential.Logistic<TV, T, TO>(TO.Multiply(p, TO.Add(a, b))), p, q);
}
