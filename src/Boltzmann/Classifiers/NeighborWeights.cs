namespace Boltzmann.Classifiers;

/// <summary>How much each of the nearest rows counts.</summary>
public enum NeighborWeights
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>By the inverse of the distance; where rows are at distance 0, only those count, alike.</summary>
    Distance,
}
