using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>256 bits of double.</summary>
readonly unsafe struct Double256 : ITileVec<Vector256<double>, double>, IWide<Vector256<double>, float>, IWide<Vector256<double>, double>
{
    public static int Count => Vector256<double>.Count;
    public static Vector256<double> Zero => Vector256<double>.Zero;
    public static Vector256<double> Splat(double value) => Vector256.Create(value);
    public static Vector256<double> Load(double* address) => Vector256.Load(address);
    public static void Store(Vector256<double> value, double* address) => value.Store(address);
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector256<double> a) => Vector256.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sign(Vector256<double> a) =>
        (Vector256.GreaterThan(a, Vector256<double>.Zero) & Vector256<double>.One) - (Vector256.LessThan(a,
            Vector256<double>.Zero) & Vector256<double>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d, double* sums)
    {
        LaneSums.Two(a, b).Store(sums);
        LaneSums.Two(c, d).Store(sums + 2);
    }
    public static uint NonZeros(Vector256<double> a) => (uint)(~Vector256.Equals(a, Vector256<double>.Zero)).ExtractMostSignificantBits();
    public static Vector256<double> Widen(byte* source) =>
        Vector256.ConvertToDouble(Vector256.Create(Vector128.WidenLower(Bytes.Four(source)), Vector128.WidenUpper(Bytes.Four(source))));

    public static Vector256<double> Constant(double value) => Vector256.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(a, b);
    public static Vector256<double> Min(Vector256<double> a, Vector256<double> b) => Vector256.MinNative(a, b);
    public static bool IsZero(Vector256<double> a) => Vector256.EqualsAll(a, Vector256<double>.Zero);
    public static Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);
    public static Vector256<double> Sqrt(Vector256<double> a) => Vector256.Sqrt(a);
    public static Vector256<double> OverRoot(Vector256<double> a, Vector256<double> squares, Vector256<double> epsilon) =>
        a / (Vector256.Sqrt(squares) + epsilon);
    public static Vector256<double> Greater(Vector256<double> a, Vector256<double> b) => Vector256.GreaterThan(a, b);
    public static uint GreaterBits(Vector256<double> a, Vector256<double> b) =>
        (uint)Vector256.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector256<double> a, Vector256<double> b) => Vector256.GreaterThanAny(a, b);
    public static Vector256<double> FirstLanes(int count) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).AsDouble();
    public static Vector256<double> And(Vector256<double> a, Vector256<double> b) => a & b;
    public static Vector256<double> Select(Vector256<double> mask, Vector256<double> a, Vector256<double> b) =>
        Vector256.ConditionalSelect(mask, a, b);
    public static double Shifter => 6755399441055744.0 + 1023;
    public static Vector256<double> PowerOfTwo(Vector256<double> shifted) => (shifted.AsInt64() << 52).AsDouble();

    public static Vector256<double> SplitExponent(Vector256<double> x, out Vector256<double> exponent)
    {
        // As for float; the bits stay positive, so that no arithmetic shift is needed, which only the newest vectors have for 64 bits.
        Vector256<ulong> above = x.AsUInt64() + Vector256.Create(0x3FF0000000000000ul - 0x3FE6A09E667F3BCDul),
            powers = above & Vector256.Create(0xFFF0000000000000ul);
        exponent = FromInteger(above >>> 52) - Vector256.Create(1023.0);
        return (x.AsUInt64() - powers + Vector256.Create(0x3FF0000000000000ul)).AsDouble();
    }

    public static Vector256<double> Uniform(uint* words)
    {
        (Vector128<ulong> low, Vector128<ulong> high) = Vector128.Widen(Vector128.Load(words) >>> 8);
        return FromInteger(Vector256.Create(low, high)) * Vector256.Create(1.0 / (1 << 24));
    }

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector256<uint>, Words256>(words, pitch, unit, units, group, draw);

    static Vector256<double> IWide<Vector256<double>, float>.Widen(float* address) =>
        Avx.IsSupported ? Avx.ConvertToVector256Double(Vector128.Load(address)) : Software(Vector128.Load(address));

    static void IWide<Vector256<double>, float>.Narrow(Vector256<double> value, float* address)
    {
        if (Avx.IsSupported) Avx.ConvertToVector128Single(value).Store(address);
        else Vector128.Narrow(value.GetLower(), value.GetUpper()).Store(address);
    }

    static Vector256<double> IWide<Vector256<double>, double>.Widen(double* address) => Vector256.Load(address);
    static void IWide<Vector256<double>, double>.Narrow(Vector256<double> value, double* address) => value.Store(address);

    static Vector256<double> Software(Vector128<float> values)
    {
        (Vector128<double> low, Vector128<double> high) = Vector128.Widen(values);
        return Vector256.Create(low, high);
    }

    /// <summary>Integers below 2⁵², as the mantissas of numbers between 2⁵² and 2⁵³.</summary>
    static Vector256<double> FromInteger(Vector256<ulong> value) =>
        (value | Vector256.Create(0x4330000000000000ul)).AsDouble() - Vector256.Create(4503599627370496.0);
}
