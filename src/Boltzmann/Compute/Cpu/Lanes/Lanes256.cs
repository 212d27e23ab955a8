using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>32 bytes.</summary>
readonly unsafe struct Lanes256 : ILanes<Vector256<sbyte>>
{
    public static int Count => 32;
    public static int Entries => 16;
    public static Vector256<sbyte> Zero => Vector256<sbyte>.Zero;
    public static Vector256<sbyte> Splat(sbyte value) => Vector256.Create(value);
    public static Vector256<sbyte> Load(sbyte* address) => Vector256.Load(address);
    public static void Store(Vector256<sbyte> value, sbyte* address) => value.Store(address);
    public static Vector256<sbyte> Plus(Vector256<sbyte> sum, sbyte* address) => sum + Vector256.Load(address);
    public static Vector256<sbyte> Minus(Vector256<sbyte> sum, sbyte* address) => sum - Vector256.Load(address);
    public static Vector256<sbyte> PlusWeight(Vector256<sbyte> sum, Vector256<sbyte> weight, sbyte* address) => sum
        + (weight & Vector256.Load(address));
    public static Vector256<sbyte> PlusBoth(Vector256<sbyte> sum, sbyte* a, sbyte* b) => sum + (Vector256.Load(a) & Vector256.Load(b));
    public static Vector256<sbyte> MinusBoth(Vector256<sbyte> sum, sbyte* a, sbyte* b) => sum - (Vector256.Load(a) & Vector256.Load(b));
    public static Vector256<sbyte> PlusMasked(Vector256<sbyte> sum, Vector256<sbyte> weight, Vector256<sbyte> mask) =>
        sum + (weight & mask);
    public static Vector256<sbyte> And(Vector256<sbyte> a, sbyte* address) => a & Vector256.Load(address);
    public static Vector256<sbyte> Not(Vector256<sbyte> a) => ~a;
    public static Vector256<sbyte> Change(Vector256<sbyte> difference, Vector256<sbyte> next, Vector256<sbyte> was) =>
        ((difference & next) - (difference & was)) ^ Vector256.Create((sbyte)-128);
    public static Vector256<sbyte> PlusOn(Vector256<sbyte> sums, Vector256<sbyte> next, Vector256<sbyte> was) => sums + (was - next);
    public static Vector256<sbyte> AddPairs(Vector256<sbyte> a, Vector256<sbyte> b) => (a.AsInt16() + b.AsInt16()).AsSByte();
    public static Vector256<sbyte> UpperBytes(Vector256<sbyte> a) => (a.AsUInt16() >>> 8).AsSByte();

    public static Vector256<sbyte> SplatPair(short value) => Vector256.Create(value).AsSByte();
    public static Vector256<sbyte> PlusPairs(Vector256<sbyte> sum, sbyte* address) => (sum.AsInt16()
        + Vector256.Load((short*)address)).AsSByte();
    public static Vector256<sbyte> MinusPairs(Vector256<sbyte> sum, sbyte* address) =>
        (sum.AsInt16() - Vector256.Load((short*)address)).AsSByte();
    public static Vector256<sbyte> PlusWeightPairs(Vector256<sbyte> sum, Vector256<sbyte> weight, sbyte* address) =>
        (sum.AsInt16() + (weight & Vector256.Load(address)).AsInt16()).AsSByte();
    public static Vector256<sbyte> PlusMaskedPairs(Vector256<sbyte> sum, Vector256<sbyte> weight, Vector256<sbyte> mask) =>
        (sum.AsInt16() + (weight & mask).AsInt16()).AsSByte();
    public static Vector256<sbyte> ChangePairs(Vector256<sbyte> difference, Vector256<sbyte> next, Vector256<sbyte> was) =>
        (((difference & next).AsInt16() - (difference & was).AsInt16()) ^ Vector256.Create(short.MinValue)).AsSByte();
    public static Vector256<sbyte> PlusOnPairs(Vector256<sbyte> sums, Vector256<sbyte> next, Vector256<sbyte> was) => (sums.AsInt16()
        + (was.AsInt16() - next.AsInt16())).AsSByte();
    public static Vector256<sbyte> GreaterPairs(Vector256<sbyte> a, Vector256<sbyte> b) =>
        Vector256.GreaterThan(a.AsInt16(), b.AsInt16()).AsSByte();
    public static uint SignPairs(Vector256<sbyte> a) => (uint)a.AsInt16().ExtractMostSignificantBits();
    public static Vector256<sbyte> AddQuads(Vector256<sbyte> a, Vector256<sbyte> b) => (a.AsInt32() + b.AsInt32()).AsSByte();
    public static Vector256<sbyte> UpperPairs(Vector256<sbyte> a) => (a.AsUInt32() >>> 16).AsSByte();

    public static Vector256<sbyte> Ceilings(float* values) =>
        Vector256.Narrow(Whole(values), Whole(values + Vector256<float>.Count)).AsSByte();

    public static Vector256<sbyte> PlusWidened(Vector256<sbyte> sum, sbyte* bytes) => (sum.AsInt16() + Widened(bytes)).AsSByte();
    public static Vector256<sbyte> MinusWidened(Vector256<sbyte> sum, sbyte* bytes) => (sum.AsInt16() - Widened(bytes)).AsSByte();

    static Vector256<short> Widened(sbyte* bytes) => Vector256.WidenLower(Vector128.Load(bytes).ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* sums, Vector256<sbyte> bytes)
    {
        var (lower, upper) = Vector256.Widen(bytes);
        (Vector256.Load(sums) + lower).Store(sums);
        short* second = sums + Vector256<short>.Count;
        (Vector256.Load(second) + upper).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWide(short* sums, sbyte* bytes, Vector256<sbyte> weight)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Load(bytes));
        (Vector256.Load(sums) + (lower & weight.AsInt16())).Store(sums);
        short* second = sums + Vector256<short>.Count;
        (Vector256.Load(second) + (upper & weight.AsInt16())).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<sbyte> Draw<TP>(Vector256<sbyte> difference, Vector256<sbyte> first, Vector256<sbyte> last, sbyte* table,
        sbyte* random, int chain, int pieces)
        where TP : struct, IPieces
    {
        Vector256<sbyte> index = Vector256.Min(Vector256.Max(difference, first), last) - first, high, low;
        if (TP.Count == 1)
        {
            high = LookUp(table, index);
            low = LookUp(table + LaneThresholds.Size, index);
        }
        else if (TP.Count == 2)
        {
            Vector256<sbyte> upper = (index.AsInt16() << 3).AsSByte(), within = index & Vector256.Create((sbyte)15);
            Vector256<sbyte> high0 = LookUp(table, within), high1 = LookUp(table + Entries, within);
            Vector256<sbyte> low0 = LookUp(table + LaneThresholds.Size, within), low1 = LookUp(table + LaneThresholds.Size + Entries,
                within);
            high = Avx2.IsSupported ? Avx2.BlendVariable(high0, high1, upper) : Vector256.ConditionalSelect(upper >> 7, high1, high0);
            low = Avx2.IsSupported ? Avx2.BlendVariable(low0, low1, upper) : Vector256.ConditionalSelect(upper >> 7, low1, low0);
        }
        else
        {
            high = low = Vector256<sbyte>.Zero;
            Vector256<byte> within = index.AsByte(), above = Vector256.Create((byte)0x70);
            for (int piece = 0; piece < pieces; piece++, within -= Vector256.Create((byte)Entries))
            {
                // Beyond the piece the upper bit is set, which looks up 0.
                Vector256<sbyte> entry = Vector256.AddSaturate(within, above).AsSByte();
                high |= LookUp(table + piece * Entries, entry);
                low |= LookUp(table + LaneThresholds.Size + piece * Entries, entry);
            }
        }
        Vector256<sbyte> r1 = Vector256.Load(random + chain), r2 = Vector256.Load(random + (chain ^ 32));
        Vector256<sbyte> tie = Vector256.Equals(high, r1) & Vector256.GreaterThan(low, r2);
        return Vector256.GreaterThan(first, difference) | Vector256.GreaterThan(high, r1) | tie;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Random(ulong* state, sbyte* bytes, int steps)
    {
        const int Words = 32 / sizeof(ulong), Generators = LaneProgram.Lanes / sizeof(ulong);
        for (int k = 0; k < Generators; k += Words)
        {
            Vector256<ulong> s0 = Vector256.Load(state + k), s1 = Vector256.Load(state + Generators + k);
            Vector256<ulong> s2 = Vector256.Load(state + 2 * Generators + k), s3 = Vector256.Load(state + 3 * Generators + k);
            ulong* to = (ulong*)bytes + k;
            for (int step = 0; step < steps; step++, to += Generators)
            {
                Vector256<ulong> sum = s0 + s3, shifted = s1 << 17;
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
    static Vector256<sbyte> LookUp(sbyte* table, Vector256<sbyte> index) => Avx2.IsSupported
        ? Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(table), index)
        : Vector256.Create(Lanes128.LookUp(table, index.GetLower()), Lanes128.LookUp(table, index.GetUpper()));

    static Vector256<int> Whole(float* values) => Vector256.ConvertToInt32Native(Vector256.Ceiling(Vector256.MinNative(
        Vector256.MaxNative(Vector256.Load(values), Vector256.Create((float)short.MinValue)), Vector256.Create((float)short.MaxValue))));
}
