using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>512 bits of double.</summary>
readonly unsafe struct Double512 : ITileVec<Vector512<double>, double>, IWide<Vector512<double>, float>, IWide<Vector512<double>, double>
{
    public static int Count => Vector512<double>.Count;
    public static Vector512<double> Zero => Vector512<double>.Zero;
    public static Vector512<double> Splat(double value) => Vector512.Create(value);
    public static Vector512<double> Load(double* address) => Vector512.Load(address);
    public static void Store(Vector512<double> value, double* address) => value.Store(address);
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector512<double> a) => Vector512.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sign(Vector512<double> a) =>
        (Vector512.GreaterThan(a, Vector512<double>.Zero) & Vector512<double>.One) - (Vector512.LessThan(a,
            Vector512<double>.Zero) & Vector512<double>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, double* sums)
    {
        LaneSums.Two(a, b).Store(sums);
        LaneSums.Two(c, d).Store(sums + 2);
    }
    public static uint NonZeros(Vector512<double> a) => (uint)(~Vector512.Equals(a, Vector512<double>.Zero)).ExtractMostSignificantBits();
    public static Vector512<double> Widen(byte* source) =>
        Vector512.ConvertToDouble(Vector512.Create(Vector256.WidenLower(Bytes.Eight(source)), Vector256.WidenUpper(Bytes.Eight(source))));

    public static Vector512<double> Constant(double value) => Vector512.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) => Vector512.MaxNative(a, b);
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b) => Vector512.MinNative(a, b);
    public static bool IsZero(Vector512<double> a) => Vector512.EqualsAll(a, Vector512<double>.Zero);
    public static Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);
    public static Vector512<double> Sqrt(Vector512<double> a) => Vector512.Sqrt(a);
    public static Vector512<double> OverRoot(Vector512<double> a, Vector512<double> squares, Vector512<double> epsilon) =>
        a / (Vector512.Sqrt(squares) + epsilon);
    public static Vector512<double> Greater(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThan(a, b);
    public static uint GreaterBits(Vector512<double> a, Vector512<double> b) =>
        (uint)Vector512.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThanAny(a, b);
    public static Vector512<double> FirstLanes(int count) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).AsDouble();
    public static Vector512<double> And(Vector512<double> a, Vector512<double> b) => a & b;
    public static Vector512<double> Select(Vector512<double> mask, Vector512<double> a, Vector512<double> b) =>
        Vector512.ConditionalSelect(mask, a, b);
    public static double Shifter => 6755399441055744.0 + 1023;
    public static Vector512<double> PowerOfTwo(Vector512<double> shifted) => (shifted.AsInt64() << 52).AsDouble();

    public static Vector512<double> SplitExponent(Vector512<double> x, out Vector512<double> exponent)
    {
        // As for float; the bits stay positive, so that no arithmetic shift is needed, which only the newest vectors have for 64 bits.
        Vector512<ulong> above = x.AsUInt64() + Vector512.Create(0x3FF0000000000000ul - 0x3FE6A09E667F3BCDul),
            powers = above & Vector512.Create(0xFFF0000000000000ul);
        exponent = FromInteger(above >>> 52) - Vector512.Create(1023.0);
        return (x.AsUInt64() - powers + Vector512.Create(0x3FF0000000000000ul)).AsDouble();
    }

    public static Vector512<double> Uniform(uint* words)
    {
        Vector256<uint> upper = Vector256.Load(words) >>> 8;
        if (Avx512F.IsSupported) return FromInteger(Avx512F.ConvertToVector512UInt64(upper)) * Vector512.Create(1.0 / (1 << 24));
        (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(upper);
        return FromInteger(Vector512.Create(low, high)) * Vector512.Create(1.0 / (1 << 24));
    }

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector512<uint>, Words512>(words, pitch, unit, units, group, draw);

    static Vector512<double> IWide<Vector512<double>, float>.Widen(float* address) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(Vector256.Load(address)) : Software(Vector256.Load(address));

    static void IWide<Vector512<double>, float>.Narrow(Vector512<double> value, float* address)
    {
        if (Avx512F.IsSupported) Avx512F.ConvertToVector256Single(value).Store(address);
        else Vector256.Narrow(value.GetLower(), value.GetUpper()).Store(address);
    }

    static Vector512<double> IWide<Vector512<double>, double>.Widen(double* address) => Vector512.Load(address);
    static void IWide<Vector512<double>, double>.Narrow(Vector512<double> value, double* address) => value.Store(address);

    static Vector512<double> Software(Vector256<float> values)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(values);
        return Vector512.Create(low, high);
    }

    /// <summary>Integers below 2⁵², as the mantissas of numbers between 2⁵² and 2⁵³.</summary>
    static Vector512<double> FromInteger(Vector512<ulong> value) =>
        (value | Vector512.Create(0x4330000000000000ul)).AsDouble() - Vector512.Create(4503599627370496.0);
}
