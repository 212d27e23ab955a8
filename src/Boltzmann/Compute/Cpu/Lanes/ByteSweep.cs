using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps a segment of units whose states and differences of energy are bytes: see <see cref="LaneSweep"/>. A neighbour costs one load and
/// one addition for all chains of a vector; chances are looked up; the change of energy is added by pairs of bytes.
/// </summary>
static unsafe class ByteSweep<TV, TO> where TO : struct, ILanes<TV>
{
    const int Lanes = LaneProgram.Lanes;

    /// <summary>Units whose random bytes are made at once, and whose changes are added up before they could overflow: at most
    /// 127.</summary>
    const int Block = 32;

    /// <summary>Moves the segment's units in all chains once.</summary>
    public static void Run(ChainLanes chains, int segment)
    {
        LaneThresholds t = chains.Thresholds[segment];
        LaneSegment s = chains.Program.Segments[segment];
        int pieces = (t.Top - t.Base + TO.Entries) / TO.Entries;
        if (s.IsHalf) Run<One>(chains, s, t, pieces);
        else Run<Zero>(chains, s, t, pieces);
    }

    static void Run<TH>(ChainLanes chains, in LaneSegment s, LaneThresholds t, int pieces) where TH : struct, IHalf
    {
        if (pieces <= 1) Run<TH, OnePiece>(chains, s, t, pieces);
        else if (pieces == 2) Run<TH, TwoPieces>(chains, s, t, pieces);
        else Run<TH, ManyPieces>(chains, s, t, pieces);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Run<TH, TP>(ChainLanes chains, LaneSegment s, LaneThresholds t, int pieces) where TH : struct, IHalf where TP : struct,
        IPieces
    {
        sbyte* random = stackalloc sbyte[Block * Lanes], sums = stackalloc sbyte[3 * Lanes];
        LaneLists lists = chains.Program.Lists;
        sbyte* x = (sbyte*)chains.States;
        bool isPair = TO.Count < Lanes;
        int pitch = isPair ? 2 * TO.Count : TO.Count;
        TV first = TO.Splat((sbyte)t.Base), last = TO.Splat((sbyte)t.Top);
        fixed (sbyte* table = t.Table)
        fixed (ulong* state = chains.Generator)
        fixed (short* constants = lists.WholeConstants, weights = lists.WholeWeights)
        fixed (int* starts = lists.Starts, plusEnds = lists.PlusEnds, minusEnds = lists.MinusEnds, neighbors = lists.Neighbors)
            for (int block = s.First; block < s.End; block += Block)
            {
                int end = Math.Min(s.End, block + Block);
                TO.Random(state, random, end - block);
                for (int c = 0; c < Lanes; c += pitch)
                {
                    TV both0 = TO.Zero, both1 = TO.Zero, upper0 = TO.Zero, upper1 = TO.Zero, on0 = TO.Zero, on1 = TO.Zero;
                    sbyte* r = random, from = x + c, own = from + (nint)block * Lanes;
                    int* neighbor = neighbors + starts[block];
                    for (int p = block; p < end; p++, r += Lanes, own += Lanes)
                    {
                        TV g0 = TO.Splat((sbyte)constants[p]), g1 = g0;
                        for (int* to = neighbors + plusEnds[p]; neighbor < to; neighbor++)
                        {
                            sbyte* other = from + *neighbor;
                            g0 = TO.Minus(g0, other);
                            if (isPair) g1 = TO.Minus(g1, other + TO.Count);
                        }
                        for (int* to = neighbors + minusEnds[p]; neighbor < to; neighbor++)
                        {
                            sbyte* other = from + *neighbor;
                            g0 = TO.Plus(g0, other);
                            if (isPair) g1 = TO.Plus(g1, other + TO.Count);
                        }
                        for (int* to = neighbors + starts[p + 1]; neighbor < to; neighbor++)
                        {
                            sbyte* other = from + *neighbor;
                            TV weight = TO.Splat((sbyte)weights[neighbor - neighbors]);
                            g0 = TO.PlusWeight(g0, weight, other);
                            if (isPair) g1 = TO.PlusWeight(g1, weight, other + TO.Count);
                        }
                        TV next = TO.Draw<TP>(g0, first, last, table, r, c, pieces), was = TO.Load(own);
                        TO.Store(next, own);
                        TV change = TO.Change(g0, next, was);
                        both0 = TO.AddPairs(both0, change);
                        upper0 = TO.AddPairs(upper0, TO.UpperBytes(change));
                        if (TH.IsHalf) on0 = TO.PlusOn(on0, next, was);
                        if (!isPair) continue;
                        next = TO.Draw<TP>(g1, first, last, table, r, c + TO.Count, pieces);
                        was = TO.Load(own + TO.Count);
                        TO.Store(next, own + TO.Count);
                        change = TO.Change(g1, next, was);
                        both1 = TO.AddPairs(both1, change);
                        upper1 = TO.AddPairs(upper1, TO.UpperBytes(change));
                        if (TH.IsHalf) on1 = TO.PlusOn(on1, next, was);
                    }
                    TO.Store(both0, sums + c);
                    TO.Store(upper0, sums + Lanes + c);
                    TO.Store(on0, sums + 2 * Lanes + c);
                    if (!isPair) continue;
                    TO.Store(both1, sums + c + TO.Count);
                    TO.Store(upper1, sums + Lanes + c + TO.Count);
                    TO.Store(on1, sums + 2 * Lanes + c + TO.Count);
                }
                AddUp(sums, end - block, 1, chains.HalfSteps);
            }
        GC.KeepAlive(chains);
    }

    // The upper bytes' sums are known; the pairs' sums less 256 times those are the lower bytes'. Each byte had 128 added.
    internal static void AddUp(sbyte* sums, int units, int half, int[] halfSteps)
    {
        ushort* both = (ushort*)sums, upper = (ushort*)(sums + Lanes);
        sbyte* on = sums + 2 * Lanes;
        for (int c = 0; c < Lanes; c += 2)
        {
            int odd = upper[c / 2], even = (ushort)(both[c / 2] - (odd << 8));
            halfSteps[c] += 2 * (even - 128 * units) + half * on[c];
            halfSteps[c + 1] += 2 * (odd - 128 * units) + half * on[c + 1];
        }
    }

    interface IHalf
    {
        static abstract bool IsHalf { get; }
    }

    readonly struct Zero : IHalf
    {
        public static bool IsHalf => false;
    }

    readonly struct One : IHalf
    {
        public static bool IsHalf => true;
    }
}
