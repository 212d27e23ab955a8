namespace Boltzmann.Training;

/// <summary>
/// Parameters that are marked so (<see cref="Parameter.IsPositive"/>) stay above 0: they move on their logarithm, θ ← θ·e^Δ with Δ the step
/// along θ·∇θ.
/// </summary>
/// <param name="parameters">All parameters of a model, in order.</param>
public sealed class Positivity(IReadOnlyList<Parameter> parameters) : IConstraint
{
    readonly LogDomain?[] logDomains = [.. parameters.Select(p => p.IsPositive && !p.IsFixed ? new LogDomain(p) : null)];

    /// <summary>Nothing: the way that they move keeps them positive.</summary>
    public void Apply() { }

    /// <inheritdoc/>
    public bool Move(int index, Matrix gradient, IOptimizer optimizer, in StepRates rates)
    {
        if (logDomains[index] is not LogDomain log) return false;
        log.Apply(optimizer, index, gradient, rates);
        return true;
    }
}
