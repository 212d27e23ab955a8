using System.Numerics;
using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// Isoenergetic cluster moves (Houdayer 2001; Zhu, Ochoa and Katzgraber 2015): of two chains at one temperature, the units whose states
/// differ fall into clusters of neighbours, and one cluster's states change places. Every term of the energy lies within units that all
/// change places or are alike in both chains, so the sum of the two energies stays as it is. The 64 chains of a group make 32 pairs, whose
/// clusters grow as bits of one word.
/// </summary>
/// <param name="chains">A group of a program without clauses and blocks.</param>
sealed class ClusterMoves(ChainLanes chains)
{
    const int Pairs = ChainLanes.Count / 2;

    readonly LaneProgram program = chains.Program;
    readonly uint[] differ = new uint[chains.Program.Units], cluster = new uint[chains.Program.Units];

    /// <summary>One cluster of each pair changes places: chain k and chain k + 32.</summary>
    /// <param name="draw">Decides where the clusters begin.</param>
    /// <param name="row">Number of the group among those of the draw.</param>
    public void Move(in Draw draw, int row)
    {
        for (int p = 0; p < differ.Length; p++)
        {
            uint bits = 0;
            for (int k = 0; k < Pairs; k++)
                if (chains.IsOn(p, k) != chains.IsOn(p, k + Pairs)) bits |= 1u << k;
            (differ[p], cluster[p]) = (bits, 0);
        }
        for (int k = 0; k < Pairs; k++)
            if (Begin((int)(Philox.Uniform(draw, k, row) * differ.Length), k) is int place) cluster[place] |= 1u << k;
        // Up and down by turns, so that a cluster need not grow by one unit a pass.
        bool isUp = true;
        while (Grow(isUp)) isUp = !isUp;
        for (int k = 0; k < Pairs; k++)
        {
            double change = Change(k);
            chains.Energies[k] += change;
            chains.Energies[k + Pairs] -= change;
        }
        for (int p = 0; p < cluster.Length; p++)
            for (uint left = cluster[p]; left != 0; left &= left - 1)
            {
                int k = BitOperations.TrailingZeroCount(left);
                bool isOn = chains.IsOn(p, k);
                chains.Put(p, k, !isOn);
                chains.Put(p, k + Pairs, isOn);
            }
    }

    // The first place from there on at which the pair differs: that depends on nothing that the move changes. Null if they are alike.
    int? Begin(int from, int pair)
    {
        for (int step = 0; step < differ.Length; step++)
        {
            int p = from + step < differ.Length ? from + step : from + step - differ.Length;
            if ((differ[p] >> pair & 1) != 0) return p;
        }
        return null;
    }

    bool Grow(bool isUp)
    {
        LaneLists lists = program.Lists;
        bool grows = false;
        for (int step = 0; step < cluster.Length; step++)
        {
            int p = isUp ? step : cluster.Length - 1 - step;
            uint missing = differ[p] & ~cluster[p], reached = 0;
            if (missing == 0) continue;
            for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++) reached |= cluster[lists.Neighbors[k] / ChainLanes.Count];
            reached &= missing;
            cluster[p] |= reached;
            grows |= reached != 0;
        }
        return grows;
    }

    // What the first chain's energy changes by: Σ dᵢ(aᵢ + Σⱼ bᵢⱼ(xⱼ + dⱼ/2)) with d = x' − x, each pair within the cluster met twice.
    double Change(int pair)
    {
        LaneLists lists = program.Lists;
        double sum = 0;
        foreach (LaneSegment segment in program.Segments)
            for (int p = segment.First; p < segment.End; p++)
            {
                if (!IsIn(p)) continue;
                double field = lists.Constant(p) + (segment.IsHalf ? 0.5 : 0);
                for (int k = lists.Starts[p]; k < lists.Starts[p + 1]; k++)
                {
                    int other = lists.Neighbors[k] / ChainLanes.Count;
                    double x = chains.IsOn(other, pair) ? 1 : 0;
                    field += lists.Weight(k) * (IsIn(other) ? 0.5 : x);
                }
                sum += chains.IsOn(p, pair) ? -field : field;
            }
        return sum * program.Step;

        // x + d/2 is ½ for whoever flips.
        bool IsIn(int place) => (cluster[place] >> pair & 1) != 0;
    }
}
