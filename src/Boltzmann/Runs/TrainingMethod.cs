namespace Boltzmann.Runs;

/// <summary>Where the negative phase of a training comes from.</summary>
public enum TrainingMethod
{
    /// <summary>Contrastive divergence: <see cref="ContrastiveDivergence"/>.</summary>
    Cd,

    /// <summary>Persistent chains: <see cref="PersistentContrastiveDivergence"/>.</summary>
    Pcd,

    /// <summary>Persistent chains with fast weights.</summary>
    Fpcd,

    /// <summary>Parallel tempering: <see cref="ParallelTempering"/>.</summary>
    Pt,

    /// <summary>Multi-prediction: <see cref="MultiPrediction"/>.</summary>
    Mp,

    /// <summary>Pseudo-likelihood: <see cref="PseudoLikelihoodGradient"/>.</summary>
    Pl,

    /// <summary>Enumeration: <see cref="ExactGradient"/>.</summary>
    Exact,
}
