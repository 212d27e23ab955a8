namespace Boltzmann.Training;

/// <summary>
/// The gradient of log p(y|x) + weight·log p(x, y): discriminative learning that the generative one regularises, the latter by any
/// estimator (Larochelle and Bengio 2008, section 3.3).
/// </summary>
/// <param name="generative">Estimates the gradient of log p(x, y).</param>
/// <param name="weight">α in the paper, where 0.01 did well on MNIST; at least 0.</param>
public sealed class HybridGradient(IGradientEstimator generative, double weight = 0.01) : IGradientEstimator
{
    readonly double weight = weight >= 0 && double.IsFinite(weight) ? weight
        : throw new ArgumentOutOfRangeException(nameof(weight),
            $"the weight of the generative gradient must be finite and at least 0, not {weight}");
    readonly DiscriminativeGradient discriminative = new();

    /// <inheritdoc/>
    public string Name => "hybrid";

    /// <summary>k of the generative estimator.</summary>
    public int Steps
    {
        get => generative.Steps;
        set => generative.Steps = value;
    }

    /// <summary>That of the generative estimator.</summary>
    public MeanField? Inference => generative.Inference;

    /// <summary>That of the generative estimator.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => generative.Memory;

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) => generative.Prepare(model, rows);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model has no labels beside its rows.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        generative.Estimate(model, batch, gradient, rng);
        gradient.Scale(weight);
        discriminative.Estimate(model, batch, gradient, rng);
    }
}
