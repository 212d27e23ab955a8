using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>256 bits of float.</summary>
readonly unsafe struct Single256 : ITileVec<Vector256<float>, float>
{
    public static int Count => Vector256<float>.Count;
    public static Vector256<float> Zero => Vector256<float>.Zero;
    public static Vector256<float> Splat(float value) => Vector256.Create(value);
    public static Vector256<float> Load(float* address) => Vector256.Load(address);
    public static void Store(Vector256<float> value, float* address) => value.Store(address);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector256<float> a) => Vector256.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> a) =>
        (Vector256.GreaterThan(a, Vector256<float>.Zero) & Vector256<float>.One) - (Vector256.LessThan(a,
            Vector256<float>.Zero) & Vector256<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector256<float> a) => (uint)(~Vector256.Equals(a, Vector256<float>.Zero)).ExtractMostSignificantBits();
    public static Vector256<float> Widen(byte* source) => Vector256.ConvertToSingle(Bytes.Eight(source));

    public static Vector256<float> Constant(double value) => Vector256.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);
    public static bool IsZero(Vector256<float> a) => Vector256.EqualsAll(a, Vector256<float>.Zero);
    public static Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);
    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);
    public static Vector256<float> OverRoot(Vector256<float> a, Vector256<float> squares, Vector256<float> epsilon) =>
        a / (Vector256.Sqrt(squares) + epsilon);
    public static Vector256<float> Greater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThan(a, b);
    public static uint GreaterBits(Vector256<float> a, Vector256<float> b) =>
        (uint)Vector256.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThanAny(a, b);
    public static Vector256<float> FirstLanes(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
    public static Vector256<float> And(Vector256<float> a, Vector256<float> b) => a & b;
    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(mask, a, b);
    public static double Shifter => 12582912 + 127;
    public static Vector256<float> PowerOfTwo(Vector256<float> shifted) => (shifted.AsInt32() << 23).AsSingle();

    public static Vector256<float> SplitExponent(Vector256<float> x, out Vector256<float> exponent)
    {
        // Counted from the bits of √½, the upper bits are the exponent; as the low bits of a number of known scale they become a float.
        Vector256<int> above = x.AsInt32() - Vector256.Create(0x3F3504F3), powers = above & Vector256.Create(unchecked((int)0xFF800000));
        exponent = Vector256.ConvertToSingle(above >> 23);
        return (x.AsInt32() - powers).AsSingle();
    }

    public static Vector256<float> Uniform(uint* words) =>
        Vector256.ConvertToSingle((Vector256.Load(words) >>> 8).AsInt32()) * Vector256.Create(1f / (1 << 24));

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector256<uint>, Words256>(words, pitch, unit, units, group, draw);
}
