using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>64 bytes.</summary>
readonly unsafe struct Lanes512 : ILanes<Vector512<sbyte>>
{
    public static int Count => 64;
    public static int Entries => 64;
    public static Vector512<sbyte> Zero => Vector512<sbyte>.Zero;
    public static Vector512<sbyte> Splat(sbyte value) => Vector512.Create(value);
    public static Vector512<sbyte> Load(sbyte* address) => Vector512.Load(address);
    public static void Store(Vector512<sbyte> value, sbyte* address) => value.Store(address);
    public static Vector512<sbyte> Plus(Vector512<sbyte> sum, sbyte* address) => sum + Vector512.Load(address);
    public static Vector512<sbyte> Minus(Vector512<sbyte> sum, sbyte* address) => sum - Vector512.Load(address);
    public static Vector512<sbyte> PlusWeight(Vector512<sbyte> sum, Vector512<sbyte> weight, sbyte* address) => sum
        + (weight & Vector512.Load(address));
    public static Vector512<sbyte> PlusBoth(Vector512<sbyte> sum, sbyte* a, sbyte* b) => sum + (Vector512.Load(a) & Vector512.Load(b));
    public static Vector512<sbyte> MinusBoth(Vector512<sbyte> sum, sbyte* a, sbyte* b) => sum - (Vector512.Load(a) & Vector512.Load(b));
    public static Vector512<sbyte> PlusMasked(Vector512<sbyte> sum, Vector512<sbyte> weight, Vector512<sbyte> mask) =>
        sum + (weight & mask);
    public static Vector512<sbyte> And(Vector512<sbyte> a, sbyte* address) => a & Vector512.Load(address);
    public static Vector512<sbyte> Not(Vector512<sbyte> a) => ~a;
    public static Vector512<sbyte> Change(Vector512<sbyte> difference, Vector512<sbyte> next, Vector512<sbyte> was) =>
        ((difference & next) - (difference & was)) ^ Vector512.Create((sbyte)-128);
    public static Vector512<sbyte> PlusOn(Vector512<sbyte> sums, Vector512<sbyte> next, Vector512<sbyte> was) => sums + (was - next);
    public static Vector512<sbyte> AddPairs(Vector512<sbyte> a, Vector512<sbyte> b) => (a.AsInt16() + b.AsInt16()).AsSByte();
    public static Vector512<sbyte> UpperBytes(Vector512<sbyte> a) => (a.AsUInt16() >>> 8).AsSByte();

    public static Vector512<sbyte> SplatPair(short value) => Vector512.Create(value).AsSByte();
    public static Vector512<sbyte> PlusPairs(Vector512<sbyte> sum, sbyte* address) => (sum.AsInt16()
        + Vector512.Load((short*)address)).AsSByte();
    public static Vector512<sbyte> MinusPairs(Vector512<sbyte> sum, sbyte* address) =>
        (sum.AsInt16() - Vector512.Load((short*)address)).AsSByte();
    public static Vector512<sbyte> PlusWeightPairs(Vector512<sbyte> sum, Vector512<sbyte> weight, sbyte* address) =>
        (sum.AsInt16() + (weight & Vector512.Load(address)).AsInt16()).AsSByte();
    public static Vector512<sbyte> PlusMaskedPairs(Vector512<sbyte> sum, Vector512<sbyte> weight, Vector512<sbyte> mask) =>
        (sum.AsInt16() + (weight & mask).AsInt16()).AsSByte();
    public static Vector512<sbyte> ChangePairs(Vector512<sbyte> difference, Vector512<sbyte> next, Vector512<sbyte> was) =>
        (((difference & next).AsInt16() - (difference & was).AsInt16()) ^ Vector512.Create(short.MinValue)).AsSByte();
    public static Vector512<sbyte> PlusOnPairs(Vector512<sbyte> sums, Vector512<sbyte> next, Vector512<sbyte> was) => (sums.AsInt16()
        + (was.AsInt16() - next.AsInt16())).AsSByte();
    public static Vector512<sbyte> GreaterPairs(Vector512<sbyte> a, Vector512<sbyte> b) =>
        Vector512.GreaterThan(a.AsInt16(), b.AsInt16()).AsSByte();
    public static uint SignPairs(Vector512<sbyte> a) => (uint)a.AsInt16().ExtractMostSignificantBits();
    public static Vector512<sbyte> AddQuads(Vector512<sbyte> a, Vector512<sbyte> b) => (a.AsInt32() + b.AsInt32()).AsSByte();
    public static Vector512<sbyte> UpperPairs(Vector512<sbyte> a) => (a.AsUInt32() >>> 16).AsSByte();

    public static Vector512<sbyte> Ceilings(float* values) =>
        Vector512.Narrow(Whole(values), Whole(values + Vector512<float>.Count)).AsSByte();

    public static Vector512<sbyte> PlusWidened(Vector512<sbyte> sum, sbyte* bytes) => (sum.AsInt16() + Widened(bytes)).AsSByte();
    public static Vector512<sbyte> MinusWidened(Vector512<sbyte> sum, sbyte* bytes) => (sum.AsInt16() - Widened(bytes)).AsSByte();

    static Vector512<short> Widened(sbyte* bytes) => Vector512.WidenLower(Vector256.Load(bytes).ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* sums, Vector512<sbyte> bytes)
    {
        var (lower, upper) = Vector512.Widen(bytes);
        (Vector512.Load(sums) + lower).Store(sums);
        short* second = sums + Vector512<short>.Count;
        (Vector512.Load(second) + upper).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWide(short* sums, sbyte* bytes, Vector512<sbyte> weight)
    {
        var (lower, upper) = Vector512.Widen(Vector512.Load(bytes));
        (Vector512.Load(sums) + (lower & weight.AsInt16())).Store(sums);
        short* second = sums + Vector512<short>.Count;
        (Vector512.Load(second) + (upper & weight.AsInt16())).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<sbyte> Draw<TP>(Vector512<sbyte> difference, Vector512<sbyte> first, Vector512<sbyte> last, sbyte* table,
        sbyte* random, int chain, int pieces)
        where TP : struct, IPieces
    {
        Vector512<sbyte> index = Vector512.Min(Vector512.Max(difference, first), last) - first, high, low;
        if (TP.Count == 1)
        {
            high = LookUp(table, index);
            low = LookUp(table + LaneThresholds.Size, index);
        }
        else if (TP.Count == 2)
        {
            Vector512<sbyte> upper = (index.AsInt16() << 1).AsSByte(), within = index & Vector512.Create((sbyte)63);
            Vector512<sbyte> high0 = LookUp(table, within), high1 = LookUp(table + Entries, within);
            Vector512<sbyte> low0 = LookUp(table + LaneThresholds.Size, within), low1 = LookUp(table + LaneThresholds.Size + Entries,
                within);
            high = Vector512.ConditionalSelect(Vector512.LessThan(upper, Vector512<sbyte>.Zero), high1, high0);
            low = Vector512.ConditionalSelect(Vector512.LessThan(upper, Vector512<sbyte>.Zero), low1, low0);
        }
        else
        {
            high = LookUp(table, index & Vector512.Create((sbyte)63));
            low = LookUp(table + LaneThresholds.Size, index & Vector512.Create((sbyte)63));
            for (int piece = 1; piece < pieces; piece++)
            {
                // Indices are bytes from 0 to 255; those of this piece and beyond take its entry.
                Vector512<sbyte> own = Vector512.GreaterThanOrEqual(index.AsByte(), Vector512.Create((byte)(piece * Entries))).AsSByte();
                Vector512<sbyte> within = index & Vector512.Create((sbyte)63);
                high = Vector512.ConditionalSelect(own, LookUp(table + piece * Entries, within), high);
                low = Vector512.ConditionalSelect(own, LookUp(table + LaneThresholds.Size + piece * Entries, within), low);
            }
        }
        Vector512<sbyte> r1 = Vector512.Load(random + chain), r2 = Vector512.Create(Vector256.Load(random + 32), Vector256.Load(random));
        Vector512<sbyte> tie = Vector512.Equals(high, r1) & Vector512.GreaterThan(low, r2);
        return Vector512.GreaterThan(first, difference) | Vector512.GreaterThan(high, r1) | tie;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Random(ulong* state, sbyte* bytes, int steps)
    {
        const int Words = 64 / sizeof(ulong), Generators = LaneProgram.Lanes / sizeof(ulong);
        for (int k = 0; k < Generators; k += Words)
        {
            Vector512<ulong> s0 = Vector512.Load(state + k), s1 = Vector512.Load(state + Generators + k);
            Vector512<ulong> s2 = Vector512.Load(state + 2 * Generators + k), s3 = Vector512.Load(state + 3 * Generators + k);
            ulong* to = (ulong*)bytes + k;
            for (int step = 0; step < steps; step++, to += Generators)
            {
                Vector512<ulong> sum = s0 + s3, shifted = s1 << 17;
                (((sum << 23) | (sum >>> 41)) + s0).Store(to);
                s2 ^= s0;
                s3 ^= s1;
                s1 ^= s2;
                s0 ^= s3;
                s2 ^= shifted;
                s3 = (s3 << 45) | (s3 >>> 19);
            }
            s0.Store(state + k);
            s1.Store(state + Generators + k);
            s2.Store(state + 2 * Generators + k);
            s3.Store(state + 3 * Generators + k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<sbyte> LookUp(sbyte* table, Vector512<sbyte> index) => Avx512Vbmi.IsSupported
        ? Avx512Vbmi.PermuteVar64x8(Vector512.Load(table), index) : Vector512.Shuffle(Vector512.Load(table), index);

    static Vector512<int> Whole(float* values) => Vector512.ConvertToInt32Native(Vector512.Ceiling(Vector512.MinNative(
        Vector512.MaxNative(Vector512.Load(values), Vector512.Create((float)short.MinValue)), Vector512.Create((float)short.MaxValue))));
}
