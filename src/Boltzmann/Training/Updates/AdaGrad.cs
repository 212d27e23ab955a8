namespace Boltzmann;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011), uphill: θ ← θ + α·g/(√Σg² + ε), the sum over all gradients so far. Momentum has no meaning here.
/// </summary>
/// <param name="epsilon">Added outside the root; above 0.</param>
public sealed class AdaGrad(double epsilon = 1e-6) : IOptimizer
{
    readonly Sums sums = new(epsilon > 0 && double.IsFinite(epsilon) ? epsilon
        : throw new ArgumentOutOfRangeException(nameof(epsilon), $"epsilon must be positive and finite, not {epsilon}"));

    /// <inheritdoc/>
    public string Name => "adagrad";

    /// <inheritdoc/>
    public long Time { get => sums.Time; set => sums.Time = value; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => sums.Memory;

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => sums.Prepare(index, value);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        sums.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => sums.Apply(steps, factors);

    sealed class Sums(double epsilon) : ScaledSteps
    {
        public long Time { get; set; }

        // The mean of t squares is their sum over t: with steps and guard over √t it is the same rule, and what is kept stays in range.
        protected override (double Rate, double Decay, double Epsilon) At(double learningRate)
        {
            double t = Math.Max(1, Time), root = Math.Sqrt(t);
            return (learningRate / root, (t - 1) / t, epsilon / root);
        }
    }
}
