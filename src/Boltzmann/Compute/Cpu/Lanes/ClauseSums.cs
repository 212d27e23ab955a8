using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>What the clauses of a unit add to its differences of energy, for the sweeps that compare with noise.</summary>
static unsafe class ClauseSums<TV, TO, TF, TFO> where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
{
    const int Lanes = LaneProgram.Lanes;

    /// <summary>In floats, for four vectors of chains.</summary>
    /// <param name="clauses">All of them.</param>
    /// <param name="from">The state of the first chain at place 0.</param>
    /// <param name="place">The unit's.</param>
    /// <param name="sums">Set, one for each of the chains.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Floats(LaneClauses clauses, float* from, int place, float* sums)
    {
        int n = TFO.Count;
        TF g0 = TFO.Zero, g1 = g0, g2 = g0, g3 = g0;
        for (int k = clauses.LongStarts[place]; k < clauses.LongStarts[place + 1]; k++)
        {
            TF weight = TFO.Splat(clauses.Weights[k]);
            float* plane = from + clauses.Planes[clauses.PlaneStarts[k]];
            TF all0 = TFO.Load(plane), all1 = TFO.Load(plane + n), all2 = TFO.Load(plane + 2 * n), all3 = TFO.Load(plane + 3 * n);
            for (int i = clauses.PlaneStarts[k] + 1; i < clauses.PlaneStarts[k + 1]; i++)
            {
                plane = from + clauses.Planes[i];
                all0 = TFO.And(all0, TFO.Load(plane));
                all1 = TFO.And(all1, TFO.Load(plane + n));
                all2 = TFO.And(all2, TFO.Load(plane + 2 * n));
                all3 = TFO.And(all3, TFO.Load(plane + 3 * n));
            }
            g0 = TFO.Fma(weight, all0, g0);
            g1 = TFO.Fma(weight, all1, g1);
            g2 = TFO.Fma(weight, all2, g2);
            g3 = TFO.Fma(weight, all3, g3);
        }
        TFO.Store(g0, sums);
        TFO.Store(g1, sums + n);
        TFO.Store(g2, sums + 2 * n);
        TFO.Store(g3, sums + 3 * n);
    }

    /// <summary>In 16 bits, for two vectors of chains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Shorts(LaneClauses clauses, short* from, int place, sbyte* sums)
    {
        TV g0 = TO.Zero, g1 = TO.Zero, one = TO.SplatPair(1), minusOne = TO.SplatPair(-1);
        for (int k = clauses.Starts[place]; k < clauses.Starts[place + 1]; k++)
        {
            sbyte* a = (sbyte*)(from + clauses.Pairs[2 * k]), b = (sbyte*)(from + clauses.Pairs[2 * k + 1]);
            TV weight = k < clauses.MinusStarts[place] ? minusOne : one;
            g0 = TO.PlusMaskedPairs(g0, weight, TO.And(TO.Load(a), b));
            g1 = TO.PlusMaskedPairs(g1, weight, TO.And(TO.Load(a + TO.Count), b + TO.Count));
        }
        for (int k = clauses.LongStarts[place]; k < clauses.LongStarts[place + 1]; k++)
        {
            TV weight = TO.SplatPair(clauses.WholeWeights[k]);
            sbyte* plane = (sbyte*)(from + clauses.Planes[clauses.PlaneStarts[k]]);
            TV all0 = TO.Load(plane), all1 = TO.Load(plane + TO.Count);
            for (int i = clauses.PlaneStarts[k] + 1; i < clauses.PlaneStarts[k + 1]; i++)
            {
                plane = (sbyte*)(from + clauses.Planes[i]);
                all0 = TO.And(all0, plane);
                all1 = TO.And(all1, plane + TO.Count);
            }
            g0 = TO.PlusMaskedPairs(g0, weight, all0);
            g1 = TO.PlusMaskedPairs(g1, weight, all1);
        }
        TO.Store(g0, sums);
        TO.Store(g1, sums + TO.Count);
    }

    /// <summary>Added to 16-bit sums of all chains, from states that are bytes.</summary>
    [SkipLocalsInit]
    public static void Wide(LaneClauses clauses, sbyte* x, int place, short* sums)
    {
        sbyte* all = stackalloc sbyte[Lanes];
        for (int k = clauses.Starts[place]; k < clauses.Starts[place + 1]; k++)
            Add(clauses.Pairs.AsSpan(2 * k, 2), k < clauses.MinusStarts[place] ? -1 : 1);
        for (int k = clauses.LongStarts[place]; k < clauses.LongStarts[place + 1]; k++)
            Add(clauses.Planes.AsSpan(clauses.PlaneStarts[k]..clauses.PlaneStarts[k + 1]), clauses.WholeWeights[k]);

        void Add(ReadOnlySpan<int> planes, int weight)
        {
            TV factor = TO.SplatPair((short)weight);
            for (int c = 0; c < Lanes; c += TO.Count)
            {
                TV on = TO.Load(x + planes[0] + c);
                foreach (int plane in planes[1..]) on = TO.And(on, x + plane + c);
                TO.Store(on, all + c);
                TO.AddWide(sums + c, all + c, factor);
            }
        }
    }
}
