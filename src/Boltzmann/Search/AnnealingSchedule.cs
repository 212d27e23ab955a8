namespace Boltzmann.Searching;

/// <summary>How an anneal's inverse temperature rises.</summary>
public enum AnnealingSchedule
{
    /// <summary>By equal lengths ∫ σ_E dβ, as measured.</summary>
    Adaptive,

    /// <summary>By equal factors.</summary>
    Geometric,

    /// <summary>By equal steps.</summary>
    Linear,
}
