using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <content>What the element-wise kernels need besides arithmetic: bounds, masks, the bits of a number, random words.</content>
unsafe partial interface IVec<TV, T>
{
    /// <summary>The same value in every lane, rounded to the lanes' precision.</summary>
    static abstract TV Constant(double value);

    /// <summary>A double, rounded.</summary>
    static abstract T FromDouble(double value);

    /// <summary>Exact.</summary>
    static abstract double ToDouble(T value);

    /// <summary>The greater; b where either is NaN.</summary>
    static abstract TV Max(TV a, TV b);

    /// <summary>The lesser; b where either is NaN.</summary>
    static abstract TV Min(TV a, TV b);

    static abstract TV Abs(TV a);
    static abstract TV Sqrt(TV a);

    /// <summary>All bits set where a &gt; b, none elsewhere and for NaN.</summary>
    static abstract TV Greater(TV a, TV b);

    /// <summary>Whether a &gt; b in any lane.</summary>
    static abstract bool AnyGreater(TV a, TV b);

    /// <summary>All bits set in lanes below <paramref name="count"/>.</summary>
    static abstract TV FirstLanes(int count);

    static abstract TV And(TV a, TV b);

    /// <summary>a where the mask's bits are set, else b.</summary>
    static abstract TV Select(TV mask, TV a, TV b);

    /// <summary>
    /// Adding this to n leaves n + bias in the low bits of the sum, where <see cref="PowerOfTwo"/> finds it: 1.5·2^m + bias, m bits of
    /// mantissa.
    /// </summary>
    static abstract double Shifter { get; }

    /// <summary>2ⁿ from n + <see cref="Shifter"/>, for n within the normal exponents.</summary>
    static abstract TV PowerOfTwo(TV shifted);

    /// <summary>x = mantissa·2^exponent with the mantissa in [√½, √2), for positive normal x.</summary>
    static abstract TV SplitExponent(TV x, out TV exponent);

    /// <summary>Words of the generator as uniforms with 24 bits, see <see cref="Philox.Uniform"/>; reads Count words.</summary>
    static abstract TV Uniform(uint* words);

    /// <summary><see cref="PhiloxVector.Fill"/> in this width.</summary>
    static abstract void Words(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw);
}

/// <summary>Lanes of double read from and rounded to either precision, for sums that accumulate in double.</summary>
unsafe interface IWide<TD, T> where T : unmanaged
{
    /// <summary>Loads as many values as TD has lanes.</summary>
    static abstract TD Widen(T* address);

    /// <summary>Stores as many values as TD has lanes, rounded.</summary>
    static abstract void Narrow(TD value, T* address);
}

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

readonly unsafe partial struct Single512
{
    public static Vector512<float> Constant(double value) => Vector512.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.MaxNative(a, b);
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.MinNative(a, b);
    public static Vector512<float> Abs(Vector512<float> a) => Vector512.Abs(a);
    public static Vector512<float> Sqrt(Vector512<float> a) => Vector512.Sqrt(a);
    public static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.GreaterThan(a, b);
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

readonly unsafe partial struct Double512 : IWide<Vector512<double>, float>, IWide<Vector512<double>, double>
{
    public static Vector512<double> Constant(double value) => Vector512.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) => Vector512.MaxNative(a, b);
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b) => Vector512.MinNative(a, b);
    public static Vector512<double> Abs(Vector512<double> a) => Vector512.Abs(a);
    public static Vector512<double> Sqrt(Vector512<double> a) => Vector512.Sqrt(a);
    public static Vector512<double> Greater(Vector512<double> a, Vector512<double> b) => Vector512.GreaterThan(a, b);
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

readonly unsafe partial struct Single256
{
    public static Vector256<float> Constant(double value) => Vector256.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector256<float> Max(Vector256<float> a, Vector256<float> b) => Vector256.MaxNative(a, b);
    public static Vector256<float> Min(Vector256<float> a, Vector256<float> b) => Vector256.MinNative(a, b);
    public static Vector256<float> Abs(Vector256<float> a) => Vector256.Abs(a);
    public static Vector256<float> Sqrt(Vector256<float> a) => Vector256.Sqrt(a);
    public static Vector256<float> Greater(Vector256<float> a, Vector256<float> b) => Vector256.GreaterThan(a, b);
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

readonly unsafe partial struct Double256 : IWide<Vector256<double>, float>, IWide<Vector256<double>, double>
{
    public static Vector256<double> Constant(double value) => Vector256.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector256<double> Max(Vector256<double> a, Vector256<double> b) => Vector256.MaxNative(a, b);
    public static Vector256<double> Min(Vector256<double> a, Vector256<double> b) => Vector256.MinNative(a, b);
    public static Vector256<double> Abs(Vector256<double> a) => Vector256.Abs(a);
    public static Vector256<double> Sqrt(Vector256<double> a) => Vector256.Sqrt(a);
    public static Vector256<double> Greater(Vector256<double> a, Vector256<double> b) => Vector256.GreaterThan(a, b);
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

readonly unsafe partial struct Single128
{
    public static Vector128<float> Constant(double value) => Vector128.Create((float)value);
    public static float FromDouble(double value) => Conversion.Narrow(value);
    public static double ToDouble(float value) => Conversion.Widen(value);
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);
    public static Vector128<float> Abs(Vector128<float> a) => Vector128.Abs(a);
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);
    public static Vector128<float> Greater(Vector128<float> a, Vector128<float> b) => Vector128.GreaterThan(a, b);
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

readonly unsafe partial struct Double128 : IWide<Vector128<double>, float>, IWide<Vector128<double>, double>
{
    public static Vector128<double> Constant(double value) => Vector128.Create(value);
    public static double FromDouble(double value) => value;
    public static double ToDouble(double value) => value;
    public static Vector128<double> Max(Vector128<double> a, Vector128<double> b) => Vector128.MaxNative(a, b);
    public static Vector128<double> Min(Vector128<double> a, Vector128<double> b) => Vector128.MinNative(a, b);
    public static Vector128<double> Abs(Vector128<double> a) => Vector128.Abs(a);
    public static Vector128<double> Sqrt(Vector128<double> a) => Vector128.Sqrt(a);
    public static Vector128<double> Greater(Vector128<double> a, Vector128<double> b) => Vector128.GreaterThan(a, b);
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
