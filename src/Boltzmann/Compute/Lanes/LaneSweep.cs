using System.Runtime.InteropServices;

namespace Boltzmann.Compute;

/// <summary>
/// One sweep of a group of chains in plain loops: Gibbs sampling at inverse temperature β, unit after unit, each on with probability
/// σ(−βΔ), Δ = aᵢ + Σ bᵢⱼxⱼ; of a block, unit i alone with probability e^(−βΔᵢ)/Σⱼ e^(−βΔⱼ). The meaning of <see
/// cref="Backend.SweepLanes"/>.
/// </summary>
static unsafe class LaneSweep
{
    /// <summary>A uniform k·2⁻²⁴ becomes (k + ½)·2⁻²⁴, but never 1: u ← u·(1 − 2⁻²⁴) + 2⁻²⁵, rounded once.</summary>
    public const float Squeeze = 1 - 1f / (1 << 24), Middle = 1f / (1 << 25);

    const int Lanes = LaneProgram.Lanes;

    /// <summary>Moves all chains once.</summary>
    public static void Run(ChainLanes chains)
    {
        LaneProgram program = chains.Program;
        for (int s = 0; s < program.Segments.Length; s++)
        {
            LaneSegment segment = program.Segments[s];
            if (segment.IsBlocks)
            {
                for (int b = 0; b < program.BlockEnds.Length; b++) ByBlock(chains, program.BlockStart(b), program.BlockEnds[b]);
                continue;
            }
            bool byTable = program.Form == LaneForm.Bytes && !segment.IsWide;
            for (int p = segment.First; p < segment.End; p++)
                if (byTable) ByTable(chains, p, chains.Thresholds[s], segment.IsHalf);
                else ByNoise(chains, p, segment.IsHalf);
        }
    }

    static void ByTable(ChainLanes chains, int place, LaneThresholds thresholds, bool isHalf)
    {
        Span<ulong> words = stackalloc ulong[Lanes / 8];
        LaneGenerator.Next(chains.Generator, words);
        Span<sbyte> random = MemoryMarshal.Cast<ulong, sbyte>(words);
        for (int c = 0; c < Lanes; c++)
        {
            int difference = (int)Difference(chains, place, c);
            // The second byte is that of the chain half a group away: for each chain by itself the two are independent.
            bool on = thresholds.IsOn(difference, random[c], random[c ^ (Lanes / 2)]);
            int change = (on ? 1 : 0) - (chains.IsOn(place, c) ? 1 : 0);
            chains.HalfSteps[c] += change * (2 * difference + (isHalf ? 1 : 0));
            chains.Put(place, c, on);
        }
    }

    static void ByNoise(ChainLanes chains, int place, bool isHalf)
    {
        Span<ulong> words = stackalloc ulong[Lanes / 2];
        for (int k = 0; k < words.Length; k += Lanes / 8) LaneGenerator.Next(chains.Generator, words[k..]);
        Span<uint> random = MemoryMarshal.Cast<ulong, uint>(words);
        bool isWhole = chains.Program.Form != LaneForm.Floats;
        for (int c = 0; c < Lanes; c++)
        {
            double u = MathF.FusedMultiplyAdd((random[c] >> 8) * (1f / (1 << 24)), Squeeze, Middle);
            double noise = Math.Log((1 - u) / u) / (chains.Beta * chains.Program.Step);
            double difference = Difference(chains, place, c);
            bool on = difference + (isHalf ? 0.5 : 0) < noise;
            int change = (on ? 1 : 0) - (chains.IsOn(place, c) ? 1 : 0);
            if (isWhole) chains.HalfSteps[c] += change * (2 * (int)difference + (isHalf ? 1 : 0));
            else chains.Energies[c] += change * difference * chains.Program.Step;
            chains.Put(place, c, on);
        }
    }

    // The least Δᵢ − gᵢ/β with gᵢ = −ln(−ln u) is unit i's as often as the softmax says (Gumbel 1954).
    static void ByBlock(ChainLanes chains, int first, int end)
    {
        Span<ulong> words = stackalloc ulong[Lanes / 2];
        Span<uint> random = MemoryMarshal.Cast<ulong, uint>(words);
        Span<double> least = stackalloc double[Lanes], next = stackalloc double[Lanes], was = stackalloc double[Lanes];
        Span<int> places = stackalloc int[Lanes];
        double scale = chains.Beta * chains.Program.Step;
        least.Fill(double.PositiveInfinity);
        for (int p = first; p < end; p++)
        {
            for (int k = 0; k < words.Length; k += Lanes / 8) LaneGenerator.Next(chains.Generator, words[k..]);
            for (int c = 0; c < Lanes; c++)
            {
                double u = MathF.FusedMultiplyAdd((random[c] >> 8) * (1f / (1 << 24)), Squeeze, Middle);
                double difference = Difference(chains, p, c), value = difference + Math.Log(-Math.Log(u)) / scale;
                if (chains.IsOn(p, c)) was[c] = difference;
                if (value < least[c]) (least[c], next[c], places[c]) = (value, difference, p);
            }
        }
        for (int c = 0; c < Lanes; c++)
        {
            for (int p = first; p < end; p++) chains.Put(p, c, p == places[c]);
            chains.Energies[c] += (next[c] - was[c]) * chains.Program.Step;
        }
    }

    // In steps, without the half of a bias.
    static double Difference(ChainLanes chains, int place, int chain)
    {
        LaneLists lists = chains.Program.Lists;
        double sum = lists.Constant(place);
        for (int k = lists.Starts[place]; k < lists.Starts[place + 1]; k++)
            if (chains.IsOn(lists.Neighbors[k] / Lanes, chain)) sum += lists.Weight(k);
        if (chains.Program.Clauses is LaneClauses clauses) sum += clauses.Difference(chains, place, chain);
        return sum;
    }
}
