using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>128 bits of double.</summary>
readonly unsafe struct Double128 : ITileVec<Vector128<double>, double>, IWide<Vector128<double>, float>, IWide<Vector128<double>, double>
{
    public static int Count => Vector128<double>.Count;
    public static Vector128<double> Zero => Vector128<double>.Zero;
    public static Vector128<double> Splat(double value) => Vector128.Create(value);
    public static Vector128<double> Load(double* address) => Vector128.Load(address);
    public static void Store(Vector128<double> value, double* address) => value.Store(address);
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;
    public static Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;
    public static Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;
    public static Vector128<double> Fma(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector128<double> a) => Vector128.Sum(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Sign(Vector128<double> a) =>
        (Vector128.GreaterThan(a, Vector128<double>.Zero) & Vector128<double>.One) - (Vector128.LessThan(a,
            Vector128<double>.Zero) & Vector128<double>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector128<double> a, Vector128<double> b, Vector128<double> c, Vector128<double> d, double* sums)
    {
        LaneSums.Two(a, b).Store(sums);
        LaneSums.Two(c, d).Store(sums + 2);
    }
    public static uint NonZeros(Vector128<double> a) => (uint)(~Vector128.Equals(a, Vector128<double>.Zero)).ExtractMostSignificantBits();
    public static Vector128<double> Widen(byte* source) => Vector128.Create((double)source[0], source[1]);

    public static Vector128<double> Constant(double value) => Vector128.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(a, b);
    public static Vector128<double> Min(Vector128<double> a, Vector128<double> b) => Vector128.MinNative(a, b);
    public static bool IsZero(Vector128<double> a) => Vector128.EqualsAll(a, Vector128<double>.Zero);
    public static Vector128<double> Abs(Vector128<double> a) => Vector128.Abs(a);
    public static Vector128<double> Sqrt(Vector128<double> a) => Vector128.Sqrt(a);
    public static Vector128<double> OverRoot(Vector128<double> a, Vector128<double> squares, Vector128<double> epsilon) =>
        a / (Vector128.Sqrt(squares) + epsilon);
    public static Vector128<double> Greater(Vector128<double> a, Vector128<double> b) => Vector128.GreaterThan(a, b);
    public static uint GreaterBits(Vector128<double> a, Vector128<double> b) =>
        (uint)Vector128.GreaterThan(a, b).ExtractMostSignificantBits();
    public static bool AnyGreater(Vector128<double> a, Vector128<double> b) => Vector128.GreaterThanAny(a, b);
    public static Vector128<double> FirstLanes(int count) =>
        Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).AsDouble();
    public static Vector128<double> And(Vector128<double> a, Vector128<double> b) => a & b;
    public static Vector128<double> Select(Vector128<double> mask, Vector128<double> a, Vector128<double> b) =>
        Vector128.ConditionalSelect(mask, a, b);
    public static double Shifter => 6755399441055744.0 + 1023;
    public static Vector128<double> PowerOfTwo(Vector128<double> shifted) => (shifted.AsInt64() << 52).AsDouble();

    public static Vector128<double> SplitExponent(Vector128<double> x, out Vector128<double> exponent)
    {
        // As for float; the bits stay positive, so that no arithmetic shift is needed, which only the newest vectors have for 64 bits.
        Vector128<ulong> above = x.AsUInt64() + Vector128.Create(0x3FF0000000000000ul - 0x3FE6A09E667F3BCDul),
            powers = above & Vector128.Create(0xFFF0000000000000ul);
        exponent = FromInteger(above >>> 52) - Vector128.Create(1023.0);
        return (x.AsUInt64() - powers + Vector128.Create(0x3FF0000000000000ul)).AsDouble();
    }

    public static Vector128<double> Uniform(uint* words) =>
        FromInteger(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)words).AsUInt32() >>> 8))
            * Vector128.Create(1.0 / (1 << 24));

    public static void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) =>
        PhiloxVector.Fill<Vector128<uint>, Words128>(words, pitch, unit, units, group, draw);

    static Vector128<double> IWide<Vector128<double>, float>.Widen(float* address) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(double*)address).AsSingle());

    static void IWide<Vector128<double>, float>.Narrow(Vector128<double> value, float* address) =>
        *(double*)address = Vector128.Narrow(value, value).AsDouble().ToScalar();

    static Vector128<double> IWide<Vector128<double>, double>.Widen(double* address) => Vector128.Load(address);
    static void IWide<Vector128<double>, double>.Narrow(Vector128<double> value, double* address) => value.Store(address);

    /// <summary>Integers below 2⁵², as the mantissas of numbers between 2⁵² and 2⁵³.</summary>
    static Vector128<double> FromInteger(Vector128<ulong> value) =>
        (value | Vector128.Create(0x4330000000000000ul)).AsDouble() - Vector128.Create(4503599627370496.0);
}
