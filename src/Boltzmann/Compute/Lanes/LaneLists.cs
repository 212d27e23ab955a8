namespace Boltzmann.Compute;

/// <summary>The neighbours of the units at all places of a sweep: those that add 1, those that subtract 1, those with a weight.</summary>
/// <param name="Starts">Where each place's neighbours begin, and behind the last the end.</param>
/// <param name="PlusEnds">Behind the neighbours that add 1.</param>
/// <param name="MinusEnds">Behind those that subtract 1; from here on each has a weight of its own.</param>
/// <param name="Neighbors">By the numbers of their first lanes: place times 64.</param>
/// <param name="Constants">The bias at each place, as it is; empty where there are steps.</param>
/// <param name="Weights">The weight of each neighbour, as it is; empty where there are steps.</param>
/// <param name="WholeConstants">The whole steps of each place's bias; empty without steps.</param>
/// <param name="WholeWeights">The steps of each neighbour's weight, 1 for those that add 1 and −1 for those that subtract it.</param>
sealed record LaneLists(int[] Starts, int[] PlusEnds, int[] MinusEnds, int[] Neighbors, float[] Constants, float[] Weights,
    short[] WholeConstants, short[] WholeWeights)
{
    /// <summary>A place's bias, in steps where there are any.</summary>
    public double Constant(int place) => WholeConstants.Length > 0 ? WholeConstants[place] : Constants[place];

    /// <summary>A neighbour's weight, in steps where there are any.</summary>
    public double Weight(int neighbor) => WholeWeights.Length > 0 ? WholeWeights[neighbor] : Weights[neighbor];
}
