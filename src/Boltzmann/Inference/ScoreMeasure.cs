namespace Boltzmann.Inference;

/// <summary>What says how odd a row is.</summary>
public enum ScoreMeasure
{
    /// <summary>−log p(row) − log Z: the higher, the odder. Costs one pass.</summary>
    FreeEnergy,

    /// <summary>log p(row), in nats: the lower, the odder. log Z is exact where it can be enumerated, or estimated.</summary>
    LogLikelihood,

    /// <summary>Σ over columns of log p(column | the others), in nats: the lower, the odder (Besag 1975).</summary>
    PseudoLikelihood,
}
