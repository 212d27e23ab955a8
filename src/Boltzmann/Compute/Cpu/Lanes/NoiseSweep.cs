using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps a segment of units whose differences of energy are compared with logistic noise: see <see cref="LaneSweep"/>. States are of 16
/// bits, of 32, or bytes of units whose sums need 16.
/// </summary>
static unsafe class NoiseSweep<TV, TO, TF, TFO> where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
{
    const int Lanes = LaneProgram.Lanes;

    /// <summary>Units whose noise is made at once; a change of energy in 16 bits, so often, fits 32.</summary>
    const int Block = 16;

    /// <summary>Moves the segment's units in all chains once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public static void Run(ChainLanes chains, LaneSegment s)
    {
        float* noise = stackalloc float[Block * Lanes + 16];
        noise = (float*)((nint)noise + 63 & -64);
        double scale = 1 / (chains.Beta * chains.Program.Step), shift = s.IsHalf ? 0.5 : 0;
        fixed (ulong* state = chains.Generator)
            for (int block = s.First; block < s.End; block += Block)
            {
                int end = Math.Min(s.End, block + Block);
                LaneNoise<TV, TO, TF, TFO>.Fill(state, noise, end - block, scale, shift);
                if (chains.Program.Form == LaneForm.Floats) Floats(chains, noise, block, end);
                else if (s.IsWide) Wide(chains, noise, block, end, s.IsHalf ? 1 : 0);
                else Shorts(chains, noise, block, end, s.IsHalf ? 1 : 0);
            }
        GC.KeepAlive(chains);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Floats(ChainLanes chains, float* noise, int first, int end)
    {
        LaneLists lists = chains.Program.Lists;
        float* x = (float*)chains.States, sums = stackalloc float[Lanes], added = stackalloc float[Lanes];
        LaneClauses? clauses = chains.Program.Clauses;
        int n = TFO.Count;
        TF one = TFO.Constant(1);
        fixed (float* constants = lists.Constants, weights = lists.Weights)
        fixed (int* starts = lists.Starts, neighbors = lists.Neighbors)
            for (int c = 0; c < Lanes; c += 4 * n)
            {
                TF e0 = TFO.Zero, e1 = TFO.Zero, e2 = TFO.Zero, e3 = TFO.Zero;
                float* from = x + c, random = noise + c;
                for (int p = first; p < end; p++, random += Lanes)
                {
                    TF g0 = TFO.Splat(constants[p]), g1 = g0, g2 = g0, g3 = g0;
                    if (clauses is not null)
                    {
                        ClauseSums<TV, TO, TF, TFO>.Floats(clauses, from, p, added);
                        g0 = TFO.Add(g0, TFO.Load(added));
                        g1 = TFO.Add(g1, TFO.Load(added + n));
                        g2 = TFO.Add(g2, TFO.Load(added + 2 * n));
                        g3 = TFO.Add(g3, TFO.Load(added + 3 * n));
                    }
                    for (int k = starts[p], to = starts[p + 1]; k < to; k++)
                    {
                        TF weight = TFO.Splat(weights[k]);
                        float* other = from + neighbors[k];
                        g0 = TFO.Fma(weight, TFO.Load(other), g0);
                        g1 = TFO.Fma(weight, TFO.Load(other + n), g1);
                        g2 = TFO.Fma(weight, TFO.Load(other + 2 * n), g2);
                        g3 = TFO.Fma(weight, TFO.Load(other + 3 * n), g3);
                    }
                    float* own = from + (nint)p * Lanes;
                    e0 = Move(own, random, g0, one, e0);
                    e1 = Move(own + n, random + n, g1, one, e1);
                    e2 = Move(own + 2 * n, random + 2 * n, g2, one, e2);
                    e3 = Move(own + 3 * n, random + 3 * n, g3, one, e3);
                    if (clauses is null) continue;
                    for (int i = 0; i < 4 * n; i += n)
                        TFO.Store(TFO.Subtract(one, TFO.Load(own + i)), own + i + (nint)chains.Program.Units * Lanes);
                }
                TFO.Store(e0, sums + c);
                TFO.Store(e1, sums + c + n);
                TFO.Store(e2, sums + c + 2 * n);
                TFO.Store(e3, sums + c + 3 * n);
            }
        for (int c = 0; c < Lanes; c++) chains.Energies[c] += sums[c] * chains.Program.Step;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TF Move(float* own, float* noise, TF difference, TF one, TF energy)
    {
        TF next = TFO.And(TFO.Greater(TFO.Load(noise), difference), one), was = TFO.Load(own);
        TFO.Store(next, own);
        return TFO.Fma(difference, TFO.Subtract(next, was), energy);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Shorts(ChainLanes chains, float* noise, int first, int end, int half)
    {
        LaneLists lists = chains.Program.Lists;
        short* x = (short*)chains.States;
        sbyte* sums = stackalloc sbyte[6 * Lanes], added = stackalloc sbyte[2 * Lanes];
        LaneClauses? clauses = chains.Program.Clauses;
        int n = TO.Count / sizeof(short);
        fixed (short* constants = lists.WholeConstants, weights = lists.WholeWeights)
        fixed (int* starts = lists.Starts, plusEnds = lists.PlusEnds, minusEnds = lists.MinusEnds, neighbors = lists.Neighbors)
            for (int c = 0; c < Lanes; c += 2 * n)
            {
                TV both0 = TO.Zero, both1 = TO.Zero, upper0 = TO.Zero, upper1 = TO.Zero, on0 = TO.Zero, on1 = TO.Zero;
                short* from = x + c;
                float* random = noise + c;
                for (int p = first; p < end; p++, random += Lanes)
                {
                    TV g0 = TO.SplatPair(constants[p]), g1 = g0;
                    if (clauses is not null)
                    {
                        ClauseSums<TV, TO, TF, TFO>.Shorts(clauses, from, p, added);
                        g0 = TO.PlusPairs(g0, added);
                        g1 = TO.PlusPairs(g1, added + TO.Count);
                    }
                    int k = starts[p], to = plusEnds[p];
                    for (; k < to; k++)
                    {
                        sbyte* other = (sbyte*)(from + neighbors[k]);
                        g0 = TO.MinusPairs(g0, other);
                        g1 = TO.MinusPairs(g1, other + TO.Count);
                    }
                    to = minusEnds[p];
                    for (; k < to; k++)
                    {
                        sbyte* other = (sbyte*)(from + neighbors[k]);
                        g0 = TO.PlusPairs(g0, other);
                        g1 = TO.PlusPairs(g1, other + TO.Count);
                    }
                    to = starts[p + 1];
                    for (; k < to; k++)
                    {
                        sbyte* other = (sbyte*)(from + neighbors[k]);
                        TV weight = TO.SplatPair(weights[k]);
                        g0 = TO.PlusWeightPairs(g0, weight, other);
                        g1 = TO.PlusWeightPairs(g1, weight, other + TO.Count);
                    }
                    sbyte* own = (sbyte*)(from + (nint)p * Lanes);
                    TV next = TO.GreaterPairs(TO.Ceilings(random), g0), was = TO.Load(own);
                    TO.Store(next, own);
                    TV change = TO.ChangePairs(g0, next, was);
                    both0 = TO.AddQuads(both0, change);
                    upper0 = TO.AddQuads(upper0, TO.UpperPairs(change));
                    on0 = TO.PlusOnPairs(on0, next, was);
                    own += TO.Count;
                    next = TO.GreaterPairs(TO.Ceilings(random + n), g1);
                    was = TO.Load(own);
                    TO.Store(next, own);
                    change = TO.ChangePairs(g1, next, was);
                    both1 = TO.AddQuads(both1, change);
                    upper1 = TO.AddQuads(upper1, TO.UpperPairs(change));
                    on1 = TO.PlusOnPairs(on1, next, was);
                    if (clauses is null) continue;
                    nint negation = (nint)chains.Program.Units * Lanes * sizeof(short);
                    TO.Store(TO.Not(next), own + negation);
                    own -= TO.Count;
                    TO.Store(TO.Not(TO.Load(own)), own + negation);
                }
                sbyte* at = sums + 2 * c;
                TO.Store(both0, at);
                TO.Store(both1, at + TO.Count);
                TO.Store(upper0, at + 2 * Lanes);
                TO.Store(upper1, at + 2 * Lanes + TO.Count);
                TO.Store(on0, at + 4 * Lanes);
                TO.Store(on1, at + 4 * Lanes + TO.Count);
            }
        AddUp(sums, end - first, half, chains.HalfSteps);
    }

    // As in ByteSweep, with 16 bits in place of 8.
    static void AddUp(sbyte* sums, int units, int half, int[] halfSteps)
    {
        uint* both = (uint*)sums, upper = (uint*)(sums + 2 * Lanes);
        short* on = (short*)(sums + 4 * Lanes);
        for (int c = 0; c < Lanes; c += 2)
        {
            int odd = (int)upper[c / 2] - 32768 * units, even = (int)(both[c / 2] - (upper[c / 2] << 16)) - 32768 * units;
            halfSteps[c] += 2 * even + half * on[c];
            halfSteps[c + 1] += 2 * odd + half * on[c + 1];
        }
    }

    [SkipLocalsInit]
    static void Wide(ChainLanes chains, float* noise, int first, int end, int half)
    {
        LaneLists lists = chains.Program.Lists;
        sbyte* x = (sbyte*)chains.States;
        short* sums = stackalloc short[Lanes];
        for (int p = first; p < end; p++, noise += Lanes)
        {
            new Span<short>(sums, Lanes).Fill(lists.WholeConstants[p]);
            int start = lists.Starts[p], plusEnd = lists.PlusEnds[p], minusEnd = lists.MinusEnds[p];
            fixed (int* neighbors = lists.Neighbors)
            {
                Listed(x, neighbors + start, plusEnd - start, sums, isPlus: true);
                Listed(x, neighbors + plusEnd, minusEnd - plusEnd, sums, isPlus: false);
            }
            for (int k = minusEnd; k < lists.Starts[p + 1]; k++)
            {
                TV factor = TO.SplatPair(lists.WholeWeights[k]);
                for (int c = 0; c < Lanes; c += TO.Count) TO.AddWide(sums + c, x + lists.Neighbors[k] + c, factor);
            }
            if (chains.Program.Clauses is LaneClauses clauses) ClauseSums<TV, TO, TF, TFO>.Wide(clauses, x, p, sums);
            sbyte* own = x + (nint)p * Lanes, negation = own + (chains.Program.Clauses is null ? 0 : (nint)chains.Program.Units * Lanes);
            for (int c = 0; c < Lanes; c++)
            {
                sbyte next = sums[c] < noise[c] ? (sbyte)-1 : (sbyte)0;
                chains.HalfSteps[c] += (own[c] - next) * (2 * sums[c] + half);
                negation[c] = (sbyte)~next;
                own[c] = next;
            }
        }
    }

    // Neighbours that add or take a step each, summed as bytes for as long as no sum can leave a byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Listed(sbyte* x, int* neighbors, int count, short* sums, bool isPlus)
    {
        int step = Math.Min(Lanes, 2 * TO.Count);
        for (int c = 0; c < Lanes; c += step)
            for (int k = 0; k < count;)
            {
                TV a = TO.Zero, b = TO.Zero;
                for (int end = Math.Min(count, k + sbyte.MaxValue); k < end; k++)
                {
                    sbyte* other = x + neighbors[k] + c;
                    // States are 0 or −1.
                    a = isPlus ? TO.Minus(a, other) : TO.Plus(a, other);
                    if (TO.Count < Lanes) b = isPlus ? TO.Minus(b, other + TO.Count) : TO.Plus(b, other + TO.Count);
                }
                TO.AddSums(sums + c, a);
                if (TO.Count < Lanes) TO.AddSums(sums + c + TO.Count, b);
            }
    }
}
