using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>512 bits of float.</summary>
readonly unsafe struct Single512 : ITileVec<Vector512<float>, float>
{
    public static int Count => Vector512<float>.Count;
    public static Vector512<float> Zero => Vector512<float>.Zero;
    public static Vector512<float> Splat(float value) => Vector512.Create(value);
    public static Vector512<float> Load(float* address) => Vector512.Load(address);
    public static void Store(Vector512<float> value, float* address) => value.Store(address);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector512<float> a) => Vector512.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> a) =>
        (Vector512.GreaterThan(a, Vector512<float>.Zero) & Vector512<float>.One) - (Vector512.LessThan(a,
            Vector512<float>.Zero) & Vector512<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector512<float> a) => (uint)(~Vector512.Equals(a, Vector512<float>.Zero)).ExtractMostSignificantBits();
    public static Vector512<float> Widen(byte* source) => Vector512.ConvertToSingle(Bytes.Sixteen(source));

    public static Vector512<float> Constant(double value) => Vector512.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);
    public static bool IsZero(Vector512<float> a) => Vector512.EqualsAll(a, Vector512<float>.Zero);
    public static Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);

    // Root and quotient of 512 bits take 22 cycles and hold up what waits for them. Estimates of 14 bits, each made good by a step of
    // Newton's, and what is left of root and quotient added, take half of that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OverRoot(Vector512<float> a, Vector512<float> squares, Vector512<float> epsilon)
    {
        if (!Avx512F.IsSupported) return a / (Vector512.Sqrt(squares) + epsilon);
        // Of 0 there is no inverse, and what is left of a smaller root would be a subnormal number, which costs a hundred cycles.
        Vector512<float> s = Max(squares, Vector512.Create(1e-30f)), half = Vector512.Create(0.5f), one = Vector512<float>.One;
        Vector512<float> inverse = Avx512F.ReciprocalSqrt14(s), root = s * inverse;
        root = Fma(half * inverse, Avx512F.FusedMultiplyAddNegated(root, root, s), root);
        Vector512<float> divisor = root + epsilon, share = Avx512F.Reciprocal14(divisor);
        share = Fma(share, Avx512F.FusedMultiplyAddNegated(divisor, share, one), share);
        Vector512<float> quotient = a * share;
        return Fma(share, Avx512F.FusedMultiplyAddNegated(divisor, quotient, a), quotient);
    }

    public static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThan(a, b);
    public static uint GreaterBits(Vector512<float> a, Vector512<float> b) =>
        (uint)Vector512.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThanAny(a, b);
    public static Vector512<float> FirstLanes(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
    public static Vector512<float> And(Vector512<float> a, Vector512<float> b) => a & b;
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(mask, a, b);
    public static double Shifter => 12582912 + 127;
    public static Vector512<float> PowerOfTwo(Vector512<float> shifted) => (shifted.AsInt32() << 23).AsSingle();

    public static Vector512<float> SplitExponent(Vector512<float> x, out Vector512<float> exponent)
    {
        // Counted from the bits of √½, the upper bits are the exponent; as the low bits of a number of known scale they become a float.
        Vector512<int> above = x.AsInt32() - Vector512.Create(0x3F3504F3), powers = above & Vector512.Create(unchecked((int)0xFF800000));
        exponent = Vector512.ConvertToSingle(above >> 23);
        return (x.AsInt32() - powers).AsSingle();
    }

    public static Vector512<float> Uniform(uint* words) =>
        Vector512.ConvertToSingle((Vector512.Load(words) >>> 8).AsInt32()) * Vector512.Create(1f / (1 << 24));

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector512<uint>, Words512>(words, pitch, unit, units, group, draw);
}
