namespace Boltzmann;

/// <summary>
/// Stochastic gradient ascent with momentum: Δ ← m·Δ + lr·g; θ ← θ + Δ. (Not Δ ← lr·(m·Δ + g), whose momentum is lr·m, almost none.)
/// </summary>
public sealed class Sgd : IOptimizer
{
    readonly UpdateMemory memory = new(rates => new(rates.LearningRate, rates.Momentum, rates.L2, rates.L1), isPair: false);

    /// <inheritdoc/>
    public string Name => "sgd";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. memory.All.Select(m => ($"velocity.{m.Index}", m.First))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => memory.Prepare(index, value);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        memory.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => memory.Apply(steps, factors);
}
