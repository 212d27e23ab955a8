namespace Boltzmann;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011), uphill: θ ← θ + α·g/(√Σg² + ε), the sum over all gradients so far. Momentum has no meaning here.
/// </summary>
public sealed class AdaGrad : IOptimizer
{
    readonly UpdateMemory memory;

    /// <summary>An optimiser that has seen no gradient.</summary>
    /// <param name="epsilon">Added outside the root; above 0.</param>
    public AdaGrad(double epsilon = 1e-6)
    {
        UpdateMemory.RequireEpsilon(epsilon);
        memory = new(rates => new(rates.LearningRate, 0, rates.L2, rates.L1, Epsilon: epsilon, IsAdaGrad: true), isPair: false);
    }

    /// <inheritdoc/>
    public string Name => "adagrad";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. memory.All.Select(m => ($"squares.{m.Index}", m.First))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => memory.Prepare(index, value);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        memory.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => memory.Apply(steps, factors);
}
