using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>16 bytes.</summary>
readonly unsafe struct Lanes128 : ILanes<Vector128<sbyte>>
{
    public static int Count => 16;
    public static int Entries => 16;
    public static Vector128<sbyte> Zero => Vector128<sbyte>.Zero;
    public static Vector128<sbyte> Splat(sbyte value) => Vector128.Create(value);
    public static Vector128<sbyte> Load(sbyte* address) => Vector128.Load(address);
    public static void Store(Vector128<sbyte> value, sbyte* address) => value.Store(address);
    public static Vector128<sbyte> Plus(Vector128<sbyte> sum, sbyte* address) => sum + Vector128.Load(address);
    public static Vector128<sbyte> Minus(Vector128<sbyte> sum, sbyte* address) => sum - Vector128.Load(address);
    public static Vector128<sbyte> PlusWeight(Vector128<sbyte> sum, Vector128<sbyte> weight, sbyte* address) => sum
        + (weight & Vector128.Load(address));
    public static Vector128<sbyte> PlusBoth(Vector128<sbyte> sum, sbyte* a, sbyte* b) => sum + (Vector128.Load(a) & Vector128.Load(b));
    public static Vector128<sbyte> MinusBoth(Vector128<sbyte> sum, sbyte* a, sbyte* b) => sum - (Vector128.Load(a) & Vector128.Load(b));
    public static Vector128<sbyte> PlusMasked(Vector128<sbyte> sum, Vector128<sbyte> weight, Vector128<sbyte> mask) =>
        sum + (weight & mask);
    public static Vector128<sbyte> And(Vector128<sbyte> a, sbyte* address) => a & Vector128.Load(address);
    public static Vector128<sbyte> Not(Vector128<sbyte> a) => ~a;
    public static Vector128<sbyte> Change(Vector128<sbyte> difference, Vector128<sbyte> next, Vector128<sbyte> was) =>
        ((difference & next) - (difference & was)) ^ Vector128.Create((sbyte)-128);
    public static Vector128<sbyte> PlusOn(Vector128<sbyte> sums, Vector128<sbyte> next, Vector128<sbyte> was) => sums + (was - next);
    public static Vector128<sbyte> AddPairs(Vector128<sbyte> a, Vector128<sbyte> b) => (a.AsInt16() + b.AsInt16()).AsSByte();
    public static Vector128<sbyte> UpperBytes(Vector128<sbyte> a) => (a.AsUInt16() >>> 8).AsSByte();

    public static Vector128<sbyte> SplatPair(short value) => Vector128.Create(value).AsSByte();
    public static Vector128<sbyte> PlusPairs(Vector128<sbyte> sum, sbyte* address) => (sum.AsInt16()
        + Vector128.Load((short*)address)).AsSByte();
    public static Vector128<sbyte> MinusPairs(Vector128<sbyte> sum, sbyte* address) =>
        (sum.AsInt16() - Vector128.Load((short*)address)).AsSByte();
    public static Vector128<sbyte> PlusWeightPairs(Vector128<sbyte> sum, Vector128<sbyte> weight, sbyte* address) =>
        (sum.AsInt16() + (weight & Vector128.Load(address)).AsInt16()).AsSByte();
    public static Vector128<sbyte> PlusMaskedPairs(Vector128<sbyte> sum, Vector128<sbyte> weight, Vector128<sbyte> mask) =>
        (sum.AsInt16() + (weight & mask).AsInt16()).AsSByte();
    public static Vector128<sbyte> ChangePairs(Vector128<sbyte> difference, Vector128<sbyte> next, Vector128<sbyte> was) =>
        (((difference & next).AsInt16() - (difference & was).AsInt16()) ^ Vector128.Create(short.MinValue)).AsSByte();
    public static Vector128<sbyte> PlusOnPairs(Vector128<sbyte> sums, Vector128<sbyte> next, Vector128<sbyte> was) => (sums.AsInt16()
        + (was.AsInt16() - next.AsInt16())).AsSByte();
    public static Vector128<sbyte> GreaterPairs(Vector128<sbyte> a, Vector128<sbyte> b) =>
        Vector128.GreaterThan(a.AsInt16(), b.AsInt16()).AsSByte();
    public static uint SignPairs(Vector128<sbyte> a) => (uint)a.AsInt16().ExtractMostSignificantBits();
    public static Vector128<sbyte> AddQuads(Vector128<sbyte> a, Vector128<sbyte> b) => (a.AsInt32() + b.AsInt32()).AsSByte();
    public static Vector128<sbyte> UpperPairs(Vector128<sbyte> a) => (a.AsUInt32() >>> 16).AsSByte();

    public static Vector128<sbyte> Ceilings(float* values) =>
        Vector128.Narrow(Whole(values), Whole(values + Vector128<float>.Count)).AsSByte();

    public static Vector128<sbyte> PlusWidened(Vector128<sbyte> sum, sbyte* bytes) => (sum.AsInt16() + Widened(bytes)).AsSByte();
    public static Vector128<sbyte> MinusWidened(Vector128<sbyte> sum, sbyte* bytes) => (sum.AsInt16() - Widened(bytes)).AsSByte();

    static Vector128<short> Widened(sbyte* bytes) => Vector128.WidenLower(Vector64.Load(bytes).ToVector128Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddSums(short* sums, Vector128<sbyte> bytes)
    {
        var (lower, upper) = Vector128.Widen(bytes);
        (Vector128.Load(sums) + lower).Store(sums);
        short* second = sums + Vector128<short>.Count;
        (Vector128.Load(second) + upper).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddWide(short* sums, sbyte* bytes, Vector128<sbyte> weight)
    {
        var (lower, upper) = Vector128.Widen(Vector128.Load(bytes));
        (Vector128.Load(sums) + (lower & weight.AsInt16())).Store(sums);
        short* second = sums + Vector128<short>.Count;
        (Vector128.Load(second) + (upper & weight.AsInt16())).Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Draw<TP>(Vector128<sbyte> difference, Vector128<sbyte> first, Vector128<sbyte> last, sbyte* table,
        sbyte* random, int chain, int pieces)
        where TP : struct, IPieces
    {
        Vector128<sbyte> index = Vector128.Min(Vector128.Max(difference, first), last) - first, high, low;
        if (TP.Count == 1)
        {
            high = LookUp(table, index);
            low = LookUp(table + LaneThresholds.Size, index);
        }
        else if (TP.Count == 2)
        {
            Vector128<sbyte> upper = (index.AsInt16() << 3).AsSByte(), within = index & Vector128.Create((sbyte)15);
            Vector128<sbyte> high0 = LookUp(table, within), high1 = LookUp(table + Entries, within);
            Vector128<sbyte> low0 = LookUp(table + LaneThresholds.Size, within), low1 = LookUp(table + LaneThresholds.Size + Entries,
                within);
            high = Sse41.IsSupported ? Sse41.BlendVariable(high0, high1, upper) : Vector128.ConditionalSelect(upper >> 7, high1, high0);
            low = Sse41.IsSupported ? Sse41.BlendVariable(low0, low1, upper) : Vector128.ConditionalSelect(upper >> 7, low1, low0);
        }
        else
        {
            high = low = Vector128<sbyte>.Zero;
            Vector128<byte> within = index.AsByte(), above = Vector128.Create((byte)0x70);
            for (int piece = 0; piece < pieces; piece++, within -= Vector128.Create((byte)Entries))
            {
                // Beyond the piece the upper bit is set, which looks up 0.
                Vector128<sbyte> entry = Vector128.AddSaturate(within, above).AsSByte();
                high |= LookUp(table + piece * Entries, entry);
                low |= LookUp(table + LaneThresholds.Size + piece * Entries, entry);
            }
        }
        Vector128<sbyte> r1 = Vector128.Load(random + chain), r2 = Vector128.Load(random + (chain ^ 32));
        Vector128<sbyte> tie = Vector128.Equals(high, r1) & Vector128.GreaterThan(low, r2);
        return Vector128.GreaterThan(first, difference) | Vector128.GreaterThan(high, r1) | tie;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Random(ulong* state, sbyte* bytes, int steps)
    {
        const int Words = 16 / sizeof(ulong), Generators = LaneProgram.Lanes / sizeof(ulong);
        for (int k = 0; k < Generators; k += Words)
        {
            Vector128<ulong> s0 = Vector128.Load(state + k), s1 = Vector128.Load(state + Generators + k);
            Vector128<ulong> s2 = Vector128.Load(state + 2 * Generators + k), s3 = Vector128.Load(state + 3 * Generators + k);
            ulong* to = (ulong*)bytes + k;
            for (int step = 0; step < steps; step++, to += Generators)
            {
                Vector128<ulong> sum = s0 + s3, shifted = s1 << 17;
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
    internal static Vector128<sbyte> LookUp(sbyte* table, Vector128<sbyte> index) => Ssse3.IsSupported
        ? Ssse3.Shuffle(Vector128.Load(table).AsByte(), index.AsByte()).AsSByte()
        // Here as there the lower four bits count, and 0 is looked up where the upper one is set; other processors look at all bits.
        : Vector128.Shuffle(Vector128.Load(table), index & Vector128.Create(unchecked((sbyte)0x8F)));

    static Vector128<int> Whole(float* values) => Vector128.ConvertToInt32Native(Vector128.Ceiling(Vector128.MinNative(
        Vector128.MaxNative(Vector128.Load(values), Vector128.Create((float)short.MinValue)), Vector128.Create((float)short.MaxValue))));
}
