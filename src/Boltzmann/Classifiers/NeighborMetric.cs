namespace Boltzmann.Classifiers;

/// <summary>What near means.</summary>
public enum NeighborMetric
{
    /// <summary>‖x − y‖.</summary>
    Euclidean,

    /// <summary>1 − x·y/(‖x‖‖y‖), from 0 to 2; 1 where a row is all zeros.</summary>
    Cosine,
}
