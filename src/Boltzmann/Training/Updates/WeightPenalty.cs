namespace Boltzmann.Training;

/// <summary>Weight decay and lasso: the objective loses λ₂/2·Σw² + λ₁·Σ|w|, the weights' gradient λ₂·W + λ₁·sign(W).</summary>
/// <param name="l2">λ₂, finite and at least 0.</param>
/// <param name="l1">λ₁, finite and at least 0.</param>
/// <param name="weights">The weights that lose it, one of the parameters; null for all weights.</param>
public sealed class WeightPenalty(double l2, double l1 = 0, Matrix? weights = null) : IPenalty
{
    readonly double l2 = Require(l2, nameof(l2)), l1 = Require(l1, nameof(l1));

    /// <inheritdoc/>
    public void Apply(UpdateStep step)
    {
        if (weights is null) step.AddDecay(l2, l1);
        else step.AddDecay(weights, l2, l1);
    }

    static double Require(double strength, string name) => strength >= 0 && double.IsFinite(strength) ? strength
        : throw new ArgumentOutOfRangeException(name, $"the strength of a weight penalty must be finite and at least 0, not {strength}");
}
