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
/// The words stay in 64-bit lanes throughout, even units in one vector and odd ones in another: the multiplication reads just the low
/// halves and the products need no rearranging (per round 2 multiplications, 2 shifts and 2 three-way exclusive-ors for each vector).
/// </summary>
static unsafe class PhiloxVector
{
    /// <summary>
    /// words[j·pitch + i] = word of (row 4·group + j, unit + i), j = 0…3. Writes pairs of whole vectors: up to 2·Count − 1 units more than
    /// asked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<TU, TO>(uint* words, nint pitch, uint unit, int units, uint group, in Draw draw) where TO : struct, IWords<TU>
    {
        uint* keys = stackalloc uint[2 * Philox.Rounds];
        (keys[0], keys[1]) = ((uint)draw.Seed, (uint)(draw.Seed >> 32));
        for (int i = 2; i < 2 * Philox.Rounds; i++) keys[i] = unchecked(keys[i - 2] + ((i & 1) == 0 ? Philox.Weyl0 : Philox.Weyl1));

        // The first two products of c₂ and the second of c₀ are the same for all units; the loop below starts with what differs.
        ulong p1 = (ulong)Philox.Multiplier1 * draw.Counter2;
        uint one = (uint)p1, zero = (uint)(p1 >> 32) ^ group ^ keys[0];
        ulong p0 = (ulong)Philox.Multiplier0 * zero;
        TU high = TO.Splat((uint)(p0 >> 32) ^ keys[3]), low = TO.Splat((uint)p0), first = TO.Splat(one ^ keys[2]),
            third = TO.Splat(draw.Counter3 ^ keys[1]);
        TU m0 = TO.Splat(Philox.Multiplier0), m1 = TO.Splat(Philox.Multiplier1);

        // Four chains side by side, as one alone would wait for its multiplications most of the time.
        for (int i = 0; i < units; i += 2 * TO.Count)
        {
            Start<TU, TO>(unit + (uint)i, m0, m1, first, high, low, third, out TU a0, out TU a1, out TU a2, out TU a3);
            Start<TU, TO>(unit + (uint)i + 1, m0, m1, first, high, low, third, out TU b0, out TU b1, out TU b2, out TU b3);
            uint next = unit + (uint)(i + TO.Count);
            Start<TU, TO>(next, m0, m1, first, high, low, third, out TU c0, out TU c1, out TU c2, out TU c3);
            Start<TU, TO>(next + 1, m0, m1, first, high, low, third, out TU d0, out TU d1, out TU d2, out TU d3);
            for (uint* key = keys + 4; key < keys + 2 * Philox.Rounds; key += 2)
            {
                TU key0 = TO.Splat(key[0]), key1 = TO.Splat(key[1]);
                Round<TU, TO>(m0, m1, key0, key1, ref a0, ref a1, ref a2, ref a3);
                Round<TU, TO>(m0, m1, key0, key1, ref b0, ref b1, ref b2, ref b3);
                Round<TU, TO>(m0, m1, key0, key1, ref c0, ref c1, ref c2, ref c3);
                Round<TU, TO>(m0, m1, key0, key1, ref d0, ref d1, ref d2, ref d3);
            }
            uint* to = words + i;
            Store<TU, TO>(a0, b0, c0, d0, to);
            Store<TU, TO>(a1, b1, c1, d1, to + pitch);
            Store<TU, TO>(a2, b2, c2, d2, to + 2 * pitch);
            Store<TU, TO>(a3, b3, c3, d3, to + 3 * pitch);
        }
    }

    /// <summary>The first two rounds, of which half is the same for all units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Start<TU, TO>(uint unit, TU m0, TU m1, TU first, TU high, TU low, TU third, out TU x0, out TU x1, out TU x2,
        out TU x3) where TO : struct, IWords<TU>
    {
        TU p = TO.Multiply(m0, TO.Steps(unit));
        x1 = TO.Multiply(m1, TO.Xor(TO.High(p), third));
        x0 = TO.Xor(TO.High(x1), first);
        x2 = TO.Xor(high, p);
        x3 = low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Round<TU, TO>(TU m0, TU m1, TU key0, TU key1, ref TU x0, ref TU x1, ref TU x2, ref TU x3) where TO : struct, IWords<TU>
    {
        TU p = TO.Multiply(m0, x0), q = TO.Multiply(m1, x2);
        x0 = TO.Xor(TO.High(q), x1, key0);
        x2 = TO.Xor(TO.High(p), x3, key1);
        x1 = q;
        x3 = p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TU, TO>(TU a, TU b, TU c, TU d, uint* address) where TO : struct, IWords<TU>
    {
        TO.StoreAlternating(a, b, address);
        TO.StoreAlternating(c, d, address + TO.Count);
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
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
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
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
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
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector128<uint> even, Vector128<uint> odd, uint* address) =>
        Vector128.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}
