namespace Boltzmann;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012), uphill: s ← ρ·s + (1 − ρ)·g²; θ ← θ + α·g/(√s + ε). Momentum has no meaning here.
/// </summary>
public sealed class RmsProp : IOptimizer
{
    // Adam's rule without its correction for the start, which at this time is 1 to the last digit for every decay.
    const long Late = 1L << 50;

    readonly UpdateMemory memory;

    /// <summary>An optimiser that has seen no gradient.</summary>
    /// <param name="decay">ρ, at least 0 and below 1.</param>
    /// <param name="epsilon">Added outside the root; above 0.</param>
    public RmsProp(double decay = 0.9, double epsilon = 1e-6)
    {
        UpdateMemory.RequireDecay(decay, nameof(decay));
        UpdateMemory.RequireEpsilon(epsilon);
        memory = new(rates => new(rates.LearningRate, 0, rates.L2, rates.L1, IsAdam: true, Beta2: decay, Epsilon: epsilon, Time: Late),
            isPair: true);
    }

    /// <inheritdoc/>
    public string Name => "rmsprop";

    /// <inheritdoc/>
    public long Time { get; set; }

    /// <summary>The running means of squares; nothing is kept of gradients themselves.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [.. memory.All.Select(m => ($"squares.{m.Index}", m.Second!))];

    /// <inheritdoc/>
    public void Prepare(int index, Matrix value) => memory.Prepare(index, value);

    /// <inheritdoc/>
    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates) =>
        memory.Apply(index, value, gradient, rates);

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<ParameterStep> steps, ReadOnlySpan<Factor> factors) => memory.Apply(steps, factors);
}
