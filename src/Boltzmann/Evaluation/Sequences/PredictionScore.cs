namespace Boltzmann.Evaluation;

/// <summary>Predictions of the next step by a model, and by what anybody could say.</summary>
/// <param name="Model">By E[x_t | x_1 … x_{t−1}].</param>
/// <param name="Persistence">By x_{t−1}; the first step of each sequence is left out, as it has none before it.</param>
/// <param name="Method">"closed form", "enumeration", "chains" or "mean field".</param>
public sealed record PredictionScore(PredictionErrors Model, PredictionErrors Persistence, string Method)
{
    /// <summary>By the mean of the training rows; null where they are not known.</summary>
    public PredictionErrors? Mean { get; init; }

    /// <summary>E[x_t | x_1 … x_{t−1}] of every step, in order; null unless asked for.</summary>
    public Matrix? Predictions { get; init; }
}
