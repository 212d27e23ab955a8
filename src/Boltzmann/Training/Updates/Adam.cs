namespace Boltzmann;

/// <summary>
/// Adam (Kingma and Ba 2015), uphill: steps scaled by running means of the gradient and of its square, both corrected for their start at 0.
/// </summary>
public sealed class Adam : IOptimizer
{
    readonly UpdateMemory memory;

    /// <summary>An optimiser that has seen no gradient.</summary>
    /// <param name="beta2">Decay of the squared gradients, at least 0 and below 1.</param>
    /// <param name="epsilon">Added outside the root; above 0.</param>
    public Adam(double beta2 = 0.999, double epsilon = 1e-8)
    {
        UpdateMemory.RequireDecay(beta2, nameof(beta2));
        UpdateMemory.RequireEpsilon(epsilon);
        memory = new(rates => Time < 1 ? throw new InvalidOperationException($"Adam counts updates from 1; its time is {Time}")
            : new(rates.LearningRate, rates.Momentum, rates.L2, rates.L1, IsAdam: true, Beta2: beta2, Epsilon: epsilon, Time: Time),
            isPair: true);
    }

    /// <inheritdoc/>
    public string Name => "adam";

    /// <summary>t, the number of the current update, counted from 1 (updates, not epochs).</summary>
    public long Time { get; set; }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory =>
        [.. memory.All.SelectMany(m => new[] { ($"first.{m.Index}", m.First), ($"second.{m.Index}", m.Second!) })];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => memory.Prepare(index, value);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Time"/> is 0: the correction for the start would divide by 0.</exception>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        memory.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="Time"/> is 0: the correction for the start would divide by 0.</exception>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => memory.Apply(steps, factors);
}
