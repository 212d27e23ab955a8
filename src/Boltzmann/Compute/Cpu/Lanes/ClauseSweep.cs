using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// As <see cref="ByteSweep{TV, TO}"/>, of units that are also in clauses: a clause of three literals costs two loads, an and, and an
/// addition for all chains of a vector. Both planes of a unit are written, its state and its negation: see <see cref="LaneClauses"/>.
/// </summary>
static unsafe class ClauseSweep<TV, TO> where TO : struct, ILanes<TV>
{
    const int Lanes = LaneProgram.Lanes;

    /// <summary>As in <see cref="ByteSweep{TV, TO}"/>.</summary>
    const int Block = 32;

    /// <summary>Moves the segment's units in all chains once.</summary>
    public static void Run(ChainLanes chains, int segment)
    {
        LaneThresholds t = chains.Thresholds[segment];
        LaneSegment s = chains.Program.Segments[segment];
        int pieces = (t.Top - t.Base + TO.Entries) / TO.Entries;
        if (pieces <= 1) Run<OnePiece>(chains, s, t, pieces);
        else if (pieces == 2) Run<TwoPieces>(chains, s, t, pieces);
        else Run<ManyPieces>(chains, s, t, pieces);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Run<TP>(ChainLanes chains, LaneSegment s, LaneThresholds t, int pieces) where TP : struct, IPieces
    {
        sbyte* random = stackalloc sbyte[Block * Lanes], sums = stackalloc sbyte[3 * Lanes];
        LaneLists lists = chains.Program.Lists;
        LaneClauses clauses = chains.Program.Clauses!;
        sbyte* x = (sbyte*)chains.States;
        nint negation = (nint)chains.Program.Units * Lanes;
        bool isPair = TO.Count < Lanes;
        int pitch = isPair ? 2 * TO.Count : TO.Count, half = s.IsHalf ? 1 : 0;
        TV first = TO.Splat((sbyte)t.Base), last = TO.Splat((sbyte)t.Top);
        fixed (sbyte* table = t.Table)
        fixed (ulong* state = chains.Generator)
        fixed (short* constants = lists.WholeConstants, weights = lists.WholeWeights, longWeights = clauses.WholeWeights)
        fixed (int* starts = lists.Starts, plusEnds = lists.PlusEnds, minusEnds = lists.MinusEnds, neighbors = lists.Neighbors,
            pairStarts = clauses.Starts, minusStarts = clauses.MinusStarts, pairs = clauses.Pairs, longStarts = clauses.LongStarts,
            planeStarts = clauses.PlaneStarts, planes = clauses.Planes)
            for (int block = s.First; block < s.End; block += Block)
            {
                int end = Math.Min(s.End, block + Block);
                TO.Random(state, random, end - block);
                for (int c = 0; c < Lanes; c += pitch)
                {
                    TV both0 = TO.Zero, both1 = TO.Zero, upper0 = TO.Zero, upper1 = TO.Zero, on0 = TO.Zero, on1 = TO.Zero;
                    sbyte* r = random, from = x + c, own = from + (nint)block * Lanes;
                    int* neighbor = neighbors + starts[block], pair = pairs + 2 * (nint)pairStarts[block];
                    int* plane = planes + planeStarts[longStarts[block]];
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
                        for (int* to = pairs + 2 * (nint)minusStarts[p]; pair < to; pair += 2)
                        {
                            sbyte* a = from + pair[0], b = from + pair[1];
                            g0 = TO.PlusBoth(g0, a, b);
                            if (isPair) g1 = TO.PlusBoth(g1, a + TO.Count, b + TO.Count);
                        }
                        for (int* to = pairs + 2 * (nint)pairStarts[p + 1]; pair < to; pair += 2)
                        {
                            sbyte* a = from + pair[0], b = from + pair[1];
                            g0 = TO.MinusBoth(g0, a, b);
                            if (isPair) g1 = TO.MinusBoth(g1, a + TO.Count, b + TO.Count);
                        }
                        for (int k = longStarts[p], to = longStarts[p + 1]; k < to; k++)
                        {
                            TV weight = TO.Splat((sbyte)longWeights[k]);
                            TV all0 = TO.Load(from + *plane), all1 = isPair ? TO.Load(from + *plane + TO.Count) : all0;
                            for (plane++; plane < planes + planeStarts[k + 1]; plane++)
                            {
                                all0 = TO.And(all0, from + *plane);
                                if (isPair) all1 = TO.And(all1, from + *plane + TO.Count);
                            }
                            g0 = TO.PlusMasked(g0, weight, all0);
                            if (isPair) g1 = TO.PlusMasked(g1, weight, all1);
                        }
                        TV next = TO.Draw<TP>(g0, first, last, table, r, c, pieces), was = TO.Load(own);
                        TO.Store(next, own);
                        TO.Store(TO.Not(next), own + negation);
                        TV change = TO.Change(g0, next, was);
                        both0 = TO.AddPairs(both0, change);
                        upper0 = TO.AddPairs(upper0, TO.UpperBytes(change));
                        on0 = TO.PlusOn(on0, next, was);
                        if (!isPair) continue;
                        next = TO.Draw<TP>(g1, first, last, table, r, c + TO.Count, pieces);
                        was = TO.Load(own + TO.Count);
                        TO.Store(next, own + TO.Count);
                        TO.Store(TO.Not(next), own + negation + TO.Count);
                        change = TO.Change(g1, next, was);
                        both1 = TO.AddPairs(both1, change);
                        upper1 = TO.AddPairs(upper1, TO.UpperBytes(change));
                        on1 = TO.PlusOn(on1, next, was);
                    }
                    TO.Store(both0, sums + c);
                    TO.Store(upper0, sums + Lanes + c);
                    TO.Store(on0, sums + 2 * Lanes + c);
                    if (!isPair) continue;
                    TO.Store(both1, sums + c + TO.Count);
                    TO.Store(upper1, sums + Lanes + c + TO.Count);
                    TO.Store(on1, sums + 2 * Lanes + c + TO.Count);
                }
                ByteSweep<TV, TO>.AddUp(sums, end - block, half, chains.HalfSteps);
            }
        GC.KeepAlive(chains);
    }
}
