using System.Runtime.CompilerServices;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// Sweeps the blocks of which exactly one unit is on: for each chain the differences of energy of all its units, less Gumbel noise, and the
/// least of them is on. See <see cref="LaneSweep"/>.
/// </summary>
static unsafe class BlockSweep<TV, TO, TF, TFO> where TO : struct, ILanes<TV> where TFO : struct, IVec<TF, float>
{
    const int Lanes = LaneProgram.Lanes;

    /// <summary>Units whose noise is made at once, of several blocks or a part of one.</summary>
    const int Chunk = 32;

    /// <summary>Moves all blocks in all chains once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    public static void Run(ChainLanes chains)
    {
        LaneProgram program = chains.Program;
        // [4 × 64]: the least value, its unit, its difference, the difference of the unit that was on; behind them the noise.
        float* least = stackalloc float[(4 + Chunk) * Lanes + 16];
        least = (float*)((nint)least + 63 & -64);
        float* noise = least + 4 * Lanes;
        double scale = 1 / (chains.Beta * program.Step);
        int last = program.BlockEnds[^1], made = program.BlockStart(0), used = made;
        fixed (ulong* state = chains.Generator)
            for (int b = 0; b < program.BlockEnds.Length; b++)
            {
                int first = program.BlockStart(b), end = program.BlockEnds[b];
                new Span<float>(least, Lanes).Fill(float.PositiveInfinity);
                new Span<float>(least + Lanes, 3 * Lanes).Clear();
                for (int p = first; p < end;)
                {
                    if (p == made)
                    {
                        used = made;
                        made = Math.Min(last, made + Chunk);
                        LaneNoise<TV, TO, TF, TFO>.FillGumbel(state, noise, made - used, scale);
                    }
                    int to = Math.Min(end, made);
                    Compare(chains, noise + (p - used) * Lanes, least, first, p, to);
                    p = to;
                }
                Move(chains, least, first, end);
            }
        GC.KeepAlive(chains);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    static void Compare(ChainLanes chains, float* noise, float* least, int block, int first, int end)
    {
        LaneLists lists = chains.Program.Lists;
        float* x = (float*)chains.States;
        int n = TFO.Count;
        fixed (float* constants = lists.Constants, weights = lists.Weights)
        fixed (int* starts = lists.Starts, neighbors = lists.Neighbors)
            for (int c = 0; c < Lanes; c += 2 * n)
            {
                float* best = least + c, from = x + c, random = noise + c;
                for (int p = first; p < end; p++, random += Lanes)
                {
                    TF g0 = TFO.Splat(constants[p]), g1 = g0, place = TFO.Splat(p - block);
                    for (int k = starts[p], to = starts[p + 1]; k < to; k++)
                    {
                        TF weight = TFO.Splat(weights[k]);
                        float* other = from + neighbors[k];
                        g0 = TFO.Fma(weight, TFO.Load(other), g0);
                        g1 = TFO.Fma(weight, TFO.Load(other + n), g1);
                    }
                    float* own = from + (nint)p * Lanes;
                    Keep(best, own, random, g0, place);
                    Keep(best + n, own + n, random + n, g1, place);
                }
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Keep(float* best, float* own, float* noise, TF difference, TF place)
    {
        TF value = TFO.Add(difference, TFO.Load(noise)), least = TFO.Load(best), isLess = TFO.Greater(least, value);
        TFO.Store(TFO.Select(isLess, value, least), best);
        TFO.Store(TFO.Select(isLess, place, TFO.Load(best + Lanes)), best + Lanes);
        TFO.Store(TFO.Select(isLess, difference, TFO.Load(best + 2 * Lanes)), best + 2 * Lanes);
        TFO.Store(TFO.Fma(difference, TFO.Load(own), TFO.Load(best + 3 * Lanes)), best + 3 * Lanes);
    }

    static void Move(ChainLanes chains, float* least, int first, int end)
    {
        TF one = TFO.Constant(1), half = TFO.Constant(0.5);
        float* own = (float*)chains.States + (nint)first * Lanes;
        for (int p = first; p < end; p++, own += Lanes)
        {
            TF place = TFO.Splat(p - first), below = TFO.Subtract(place, half), above = TFO.Add(place, half);
            for (int c = 0; c < Lanes; c += TFO.Count)
            {
                TF at = TFO.Load(least + Lanes + c);
                TFO.Store(TFO.And(TFO.And(TFO.Greater(at, below), TFO.Greater(above, at)), one), own + c);
            }
        }
        for (int c = 0; c < Lanes; c++) chains.Energies[c] += ((double)least[2 * Lanes + c] - least[3 * Lanes + c]) * chains.Program.Step;
    }
}
