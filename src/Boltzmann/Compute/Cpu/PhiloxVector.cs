using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>Vectors of 64-bit lanes, each of which holds a 32-bit word in its low half; what is above it does not matter.</summary>
unsafe interface IWords<TU>
{
    /// <summary>Number of 32-bit words that fit a vector: units per two vectors of lanes.</summary>
    static abstract int Count { get; }

    static abstract TU Splat(uint value);

    /// <summary>first, first + 2, first + 4, …</summary>
    static abstract TU Steps(uint first);

    /// <summary>The 64-bit products of the low halves.</summary>
    static abstract TU Multiply(TU a, TU b);

    /// <summary>The high halves, moved down.</summary>
    static abstract TU High(TU a);

    static abstract TU Xor(TU a, TU b);

    static abstract TU Xor(TU a, TU b, TU c);

    /// <summary>Stores the low halves of both in turn: even[0], odd[0], even[1], …</summary>
    static abstract void StoreAlternating(TU even, TU odd, uint* address);
}

/// <summary>
/// <see cref="Philox"/> for many units at once. A unit's four words belong to four consecutive rows, so one call serves four rows.
/// The words stay in 64-bit lanes throughout, even units in one vector and odd ones in another: the multiplication reads just the low halves
/// and the products need no rearranging (per round 2 multiplications, 2 shifts and 2 three-way exclusive-ors for each vector).
/// </summary>
static unsafe class PhiloxVector
{
    /// <summary>words[j·pitch + i] = word of (row 4·group + j, unit + i), j = 0…3. Writes whole vectors: up to Count − 1 units more than asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TU, TO>(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) where TO : struct, IWords<TU>
    {
        uint* keys = stackalloc uint[2 * Philox.Rounds];
        (keys[0], keys[1]) = ((uint)draw.Seed, (uint)(draw.Seed >> 32));
        for (int i = 2; i < 2 * Philox.Rounds; i++) keys[i] = unchecked(keys[i - 2] + ((i & 1) == 0 ? Philox.Weyl0 : Philox.Weyl1));

        // The first two products of c₂ and the second of c₀ are the same for all units; the loop below starts with what differs.
        ulong p1 = (ulong)Philox.Multiplier1 * draw.Counter2;
        uint c0 = (uint)(p1 >> 32) ^ group ^ keys[0], c1 = (uint)p1;
        ulong p0 = (ulong)Philox.Multiplier0 * c0;
        TU high = TO.Splat((uint)(p0 >> 32) ^ keys[3]), low = TO.Splat((uint)p0), first = TO.Splat(c1 ^ keys[2]), third = TO.Splat(draw.Counter3 ^ keys[1]);
        TU m0 = TO.Splat(Philox.Multiplier0), m1 = TO.Splat(Philox.Multiplier1);

        for (int i = 0; i < units; i += TO.Count)
        {
            // Round 1: (c₀, c₁, c₂, c₃) = (c0, c1, high(m0·unit) ^ counter3 ^ key1, low(m0·unit)).
            TU a3 = TO.Multiply(m0, TO.Steps(unit + (uint)i)), b3 = TO.Multiply(m0, TO.Steps(unit + (uint)i + 1));
            TU a2 = TO.Xor(TO.High(a3), third), b2 = TO.Xor(TO.High(b3), third);
            // Round 2: c₀ and its product were known beforehand.
            TU aq = TO.Multiply(m1, a2), bq = TO.Multiply(m1, b2);
            TU a0 = TO.Xor(TO.High(aq), first), b0 = TO.Xor(TO.High(bq), first);
            TU a1 = aq, b1 = bq;
            a2 = TO.Xor(high, a3);
            b2 = TO.Xor(high, b3);
            a3 = b3 = low;
            // Two rounds at a time: the variables come back to their places without being moved.
            for (uint* key = keys + 4; key < keys + 2 * Philox.Rounds; key += 4)
            {
                TU key0 = TO.Splat(key[0]), key1 = TO.Splat(key[1]), key2 = TO.Splat(key[2]), key3 = TO.Splat(key[3]);
                TU ap = TO.Multiply(m0, a0), bp = TO.Multiply(m0, b0);
                aq = TO.Multiply(m1, a2);
                bq = TO.Multiply(m1, b2);
                TU at = TO.Xor(TO.High(aq), a1, key0), bt = TO.Xor(TO.High(bq), b1, key0);
                TU au = TO.Xor(TO.High(ap), a3, key1), bu = TO.Xor(TO.High(bp), b3, key1);
                a3 = TO.Multiply(m0, at);
                b3 = TO.Multiply(m0, bt);
                a1 = TO.Multiply(m1, au);
                b1 = TO.Multiply(m1, bu);
                a0 = TO.Xor(TO.High(a1), aq, key2);
                b0 = TO.Xor(TO.High(b1), bq, key2);
                a2 = TO.Xor(TO.High(a3), ap, key3);
                b2 = TO.Xor(TO.High(b3), bp, key3);
            }
            TO.StoreAlternating(a0, b0, words + i);
            TO.StoreAlternating(a1, b1, words + pitch + i);
            TO.StoreAlternating(a2, b2, words + 2 * pitch + i);
            TO.StoreAlternating(a3, b3, words + 3 * pitch + i);
        }
    }
}

/// <summary>512 bits of words.</summary>
readonly unsafe struct Words512 : IWords<Vector512<uint>>
{
    static Vector512<ulong> LowHalf => Vector512.Create((ulong)uint.MaxValue);

    public static int Count => Vector512<uint>.Count;
    public static Vector512<uint> Splat(uint value) => Vector512.Create(value);
    public static Vector512<uint> Steps(uint first) => Vector512<uint>.Indices + Vector512.Create(first);
    public static Vector512<uint> Multiply(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported ? Avx512F.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector512<uint> High(Vector512<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector512<uint> even, Vector512<uint> odd, uint* address) =>
        Vector512.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}

/// <summary>256 bits of words.</summary>
readonly unsafe struct Words256 : IWords<Vector256<uint>>
{
    static Vector256<ulong> LowHalf => Vector256.Create((ulong)uint.MaxValue);

    public static int Count => Vector256<uint>.Count;
    public static Vector256<uint> Splat(uint value) => Vector256.Create(value);
    public static Vector256<uint> Steps(uint first) => Vector256<uint>.Indices + Vector256.Create(first);
    public static Vector256<uint> Multiply(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported ? Avx2.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector256<uint> High(Vector256<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b) => a ^ b;
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector256<uint> even, Vector256<uint> odd, uint* address) =>
        Vector256.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}

/// <summary>128 bits of words.</summary>
readonly unsafe struct Words128 : IWords<Vector128<uint>>
{
    static Vector128<ulong> LowHalf => Vector128.Create((ulong)uint.MaxValue);

    public static int Count => Vector128<uint>.Count;
    public static Vector128<uint> Splat(uint value) => Vector128.Create(value);
    public static Vector128<uint> Steps(uint first) => Vector128<uint>.Indices + Vector128.Create(first);
    public static Vector128<uint> Multiply(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.IsSupported ? Sse2.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector128<uint> High(Vector128<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b) => a ^ b;
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c) => Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector128<uint> even, Vector128<uint> odd, uint* address) =>
        Vector128.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}
