using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>128 bits of float.</summary>
readonly unsafe struct Single128 : ITileVec<Vector128<float>, float>
{
    public static int Count => Vector128<float>.Count;
    public static Vector128<float> Zero => Vector128<float>.Zero;
    public static Vector128<float> Splat(float value) => Vector128.Create(value);
    public static Vector128<float> Load(float* address) => Vector128.Load(address);
    public static void Store(Vector128<float> value, float* address) => value.Store(address);
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector128<float> a) => Vector128.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sign(Vector128<float> a) =>
        (Vector128.GreaterThan(a, Vector128<float>.Zero) & Vector128<float>.One) - (Vector128.LessThan(a,
            Vector128<float>.Zero) & Vector128<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector128<float> a) => (uint)(~Vector128.Equals(a, Vector128<float>.Zero)).ExtractMostSignificantBits();
    public static Vector128<float> Widen(byte* source) => Vector128.ConvertToSingle(Bytes.Four(source));

    public static Vector128<float> Constant(double value) => Vector128.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);
    public static bool IsZero(Vector128<float> a) => Vector128.EqualsAll(a, Vector128<float>.Zero);
    public static Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);
    public static Vector128<float> OverRoot(Vector128<float> a, Vector128<float> squares, Vector128<float> epsilon) =>
        a / (Vector128.Sqrt(squares) + epsilon);
    public static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThan(a, b);
    public static uint GreaterBits(Vector128<float> a, Vector128<float> b) =>
        (uint)Vector128.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThanAny(a, b);
    public static Vector128<float> FirstLanes(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
    public static Vector128<float> And(Vector128<float> a, Vector128<float> b) => a & b;
    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(mask, a, b);
    public static double Shifter => 12582912 + 127;
    public static Vector128<float> PowerOfTwo(Vector128<float> shifted) => (shifted.AsInt32() << 23).AsSingle();

    public static Vector128<float> SplitExponent(Vector128<float> x, out Vector128<float> exponent)
    {
        // Counted from the bits of √½, the upper bits are the exponent; as the low bits of a number of known scale they become a float.
        Vector128<int> above = x.AsInt32() - Vector128.Create(0x3F3504F3), powers = above & Vector128.Create(unchecked((int)0xFF800000));
        exponent = Vector128.ConvertToSingle(above >> 23);
        return (x.AsInt32() - powers).AsSingle();
    }

    public static Vector128<float> Uniform(uint* words) =>
        Vector128.ConvertToSingle((Vector128.Load(words) >>> 8).AsInt32()) * Vector128.Create(1f / (1 << 24));

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector128<uint>, Words128>(words, pitch, unit, units, group, draw);
}
