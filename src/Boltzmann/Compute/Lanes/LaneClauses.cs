namespace Boltzmann.Compute;

/// <summary>
/// The clauses of the units at all places of a sweep. The states of a group have a second plane for each unit, its negation: the one of
/// place p in front of that of place n + p. A clause costs its weight where the planes that say "this literal does not hold" are all on;
/// the difference of a unit in it is ∓w where those of its other literals are.
/// </summary>
/// <param name="Starts">Where each place's pairs begin, and behind the last the end: clauses of three literals and weight 1, 2, 3
/// steps.</param>
/// <param name="MinusStarts">Where those begin that add a step; those before subtract one.</param>
/// <param name="Pairs">Two planes each, by the numbers of their first lanes: place times 64.</param>
/// <param name="LongStarts">Where each place's other clauses begin, and behind the last the end.</param>
/// <param name="PlaneStarts">Where the planes of each of those begin, and behind the last the end; none is without.</param>
/// <param name="Planes">By the numbers of their first lanes.</param>
/// <param name="Weights">What each of those adds, as it is; empty where there are steps.</param>
/// <param name="WholeWeights">What each of those adds, in steps; empty without steps.</param>
/// <param name="TermStarts">Where the planes of each clause of the energy begin, and behind the last the end.</param>
/// <param name="TermPlanes">By the numbers of their first lanes.</param>
/// <param name="TermWeights">What each clause costs, in steps where there are any.</param>
sealed record LaneClauses(int[] Starts, int[] MinusStarts, int[] Pairs, int[] LongStarts, int[] PlaneStarts, int[] Planes, float[] Weights,
    short[] WholeWeights, int[] TermStarts, int[] TermPlanes, double[] TermWeights)
{
    /// <summary>What a long clause adds to its unit's difference, in steps where there are any.</summary>
    public double Weight(int clause) => WholeWeights.Length > 0 ? WholeWeights[clause] : Weights[clause];

    /// <summary>What a unit's clauses add to its difference, in steps where there are any.</summary>
    public double Difference(ChainLanes chains, int place, int chain)
    {
        double sum = 0;
        for (int k = Starts[place]; k < Starts[place + 1]; k++)
            if (AreOn(chains, Pairs.AsSpan(2 * k, 2), chain)) sum += k < MinusStarts[place] ? -1 : 1;
        for (int k = LongStarts[place]; k < LongStarts[place + 1]; k++)
            if (AreOn(chains, Planes.AsSpan(PlaneStarts[k]..PlaneStarts[k + 1]), chain)) sum += Weight(k);
        return sum;
    }

    /// <summary>What all clauses cost, in steps where there are any.</summary>
    public double Energy(ChainLanes chains, int chain)
    {
        double sum = 0;
        for (int k = 0; k < TermWeights.Length; k++)
            if (AreOn(chains, TermPlanes.AsSpan(TermStarts[k]..TermStarts[k + 1]), chain)) sum += TermWeights[k];
        return sum;
    }

    static bool AreOn(ChainLanes chains, ReadOnlySpan<int> planes, int chain)
    {
        foreach (int plane in planes)
            if (!chains.IsOn(plane / LaneProgram.Lanes, chain)) return false;
        return true;
    }
}
