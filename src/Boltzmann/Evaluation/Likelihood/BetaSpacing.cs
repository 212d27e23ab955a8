namespace Boltzmann.Evaluation;

/// <summary>How inverse temperatures lie between 0 and 1.</summary>
public enum BetaSpacing
{
    /// <summary>Equal steps.</summary>
    Linear,

    /// <summary>
    /// σ(δ(2t − 1)) with δ = 4, rescaled to reach 0 and 1: small steps at both ends, where the distribution changes fastest (Grosse,
    /// Maddison and Salakhutdinov 2013).
    /// </summary>
    Sigmoid,
}
