using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Conversions of one number by vector instructions. The scalar ones keep the upper part of their destination's register and so wait for
/// whatever was in it: in loops of a few conversions that chain costs several nanoseconds each.
/// </summary>
static class Conversion
{
    public static double Widen(float value) =>
        Sse2.IsSupported ? Sse2.ConvertToVector128Double(Vector128.CreateScalarUnsafe(value)).ToScalar() : value;
    public static float Narrow(double value) =>
        Sse2.IsSupported ? Sse2.ConvertToVector128Single(Vector128.CreateScalarUnsafe(value)).ToScalar() : (float)value;
}
