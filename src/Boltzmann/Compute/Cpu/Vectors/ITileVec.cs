using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>What the products need of a vector beside arithmetic.</summary>
unsafe interface ITileVec<TV, T> : IVec<TV, T> where T : unmanaged
{
    /// <summary>1, 0 or −1; 0 for NaN.</summary>
    static abstract TV Sign(TV a);

    /// <summary>The sum of the lanes of each of four vectors, to four consecutive places.</summary>
    static abstract void Sum4(TV a, TV b, TV c, TV d, T* sums);

    /// <summary>Bit i set where lane i is not zero; a NaN is not.</summary>
    static abstract uint NonZeros(TV a);

    /// <summary>Converts bytes to numbers, as many as the vector holds.</summary>
    static abstract TV Widen(byte* source);
}

/// <summary>
/// Sums of the lanes of several vectors at once: interleave and add, so that four sums cost 9 instructions where
/// <see cref="Vector512.Sum{T}"/> on each would cost about 40. The scalar form only serves processors without SSE or AdvSimd.
/// </summary>
static unsafe class LaneSums
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported) return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        Vector128<float> ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b), cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        if (!Avx.IsSupported)
            return Four(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        Vector256<float> ab = Avx.UnpackLow(a, b) + Avx.UnpackHigh(a, b), cd = Avx.UnpackLow(c, d) + Avx.UnpackHigh(c, d);
        Vector256<float> sums = Avx.Shuffle(ab, cd, 0b01_00_01_00) + Avx.Shuffle(ab, cd, 0b11_10_11_10);
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        if (!Avx512F.IsSupported)
            return Four(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        Vector512<float> ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b), cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        Vector512<float> sums = Avx512F.Shuffle(ab, cd, 0b01_00_01_00) + Avx512F.Shuffle(ab, cd, 0b11_10_11_10);
        Vector256<float> half = sums.GetLower() + sums.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Two(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) + Sse2.UnpackHigh(a, b) : Vector128.Create(Vector128.Sum(a), Vector128.Sum(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Two(Vector256<double> a, Vector256<double> b)
    {
        if (!Avx.IsSupported) return Two(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper());
        Vector256<double> sums = Avx.UnpackLow(a, b) + Avx.UnpackHigh(a, b);
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Two(Vector512<double> a, Vector512<double> b)
    {
        if (!Avx512F.IsSupported) return Two(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper());
        Vector512<double> sums = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        Vector256<double> half = sums.GetLower() + sums.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}

readonly unsafe partial struct Single512 : ITileVec<Vector512<float>, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sign(Vector512<float> a) =>
        (Vector512.GreaterThan(a, Vector512<float>.Zero) & Vector512<float>.One) - (Vector512.LessThan(a,
            Vector512<float>.Zero) & Vector512<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector512<float> a) => (uint)(~Vector512.Equals(a, Vector512<float>.Zero)).ExtractMostSignificantBits();
    public static Vector512<float> Widen(byte* source) => Vector512.ConvertToSingle(Bytes.Sixteen(source));
}

readonly unsafe partial struct Double512 : ITileVec<Vector512<double>, double>
{
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
}

readonly unsafe partial struct Single256 : ITileVec<Vector256<float>, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sign(Vector256<float> a) =>
        (Vector256.GreaterThan(a, Vector256<float>.Zero) & Vector256<float>.One) - (Vector256.LessThan(a,
            Vector256<float>.Zero) & Vector256<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector256<float> a) => (uint)(~Vector256.Equals(a, Vector256<float>.Zero)).ExtractMostSignificantBits();
    public static Vector256<float> Widen(byte* source) => Vector256.ConvertToSingle(Bytes.Eight(source));
}

readonly unsafe partial struct Double256 : ITileVec<Vector256<double>, double>
{
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
}

readonly unsafe partial struct Single128 : ITileVec<Vector128<float>, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sign(Vector128<float> a) =>
        (Vector128.GreaterThan(a, Vector128<float>.Zero) & Vector128<float>.One) - (Vector128.LessThan(a,
            Vector128<float>.Zero) & Vector128<float>.One);
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum4(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* sums) =>
        LaneSums.Four(a, b, c, d).Store(sums);
    public static uint NonZeros(Vector128<float> a) => (uint)(~Vector128.Equals(a, Vector128<float>.Zero)).ExtractMostSignificantBits();
    public static Vector128<float> Widen(byte* source) => Vector128.ConvertToSingle(Bytes.Four(source));
}

readonly unsafe partial struct Double128 : ITileVec<Vector128<double>, double>
{
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
}

/// <summary>Consecutive bytes, zero-extended to 32 bits.</summary>
static unsafe class Bytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Four(byte* source)
    {
        Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(source)).AsByte();
        return Sse41.IsSupported ? Sse41.ConvertToVector128Int32(bytes) : Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Eight(byte* source) =>
        Avx2.IsSupported
            ? Avx2.ConvertToVector256Int32(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(source)).AsByte())
            : Vector256.Create(Four(source), Four(source + 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Sixteen(byte* source) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(Vector128.Load(source)) : Vector512.Create(Eight(source), Eight(source + 8));
}
