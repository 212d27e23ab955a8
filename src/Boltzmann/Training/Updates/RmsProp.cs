namespace Boltzmann;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012), uphill: s ← ρ·s + (1 − ρ)·g²; θ ← θ + α·g/(√s + ε). Momentum has no meaning here.
/// </summary>
/// <param name="decay">ρ, at least 0 and below 1.</param>
/// <param name="epsilon">Added outside the root; above 0.</param>
public sealed class RmsProp(double decay = 0.9, double epsilon = 1e-6) : IOptimizer
{
    readonly Means means = new(decay is >= 0 and < 1 ? decay
        : throw new ArgumentOutOfRangeException(nameof(decay), $"the decay of squares must be at least 0 and below 1, not {decay}"),
        epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon must be positive and finite, not {epsilon}"));

    /// <inheritdoc/>
    public string Name => "rmsprop";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => means.Memory;

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => means.Prepare(index, value);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        means.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => means.Apply(steps, factors);

    sealed class Means(double decay, double epsilon) : ScaledSteps
    {
        protected override (double Rate, double Decay, double Epsilon) At(double learningRate) => (learningRate, decay, epsilon);
    }
}
