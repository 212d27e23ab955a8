using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

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
