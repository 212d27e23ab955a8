using System.Runtime.InteropServices;

namespace Boltzmann.Training;

/// <summary>A step whose estimate is kept elsewhere, as factors: what penalties add is kept beside it.</summary>
/// <param name="parameters">The parameters that learn.</param>
/// <param name="rng">Source of randomness.</param>
sealed class FactoredStep(IReadOnlyList<Parameter> parameters, Rng rng) : UpdateStep(parameters, rng)
{
    readonly List<Factor>[] added = [.. parameters.Select(_ => new List<Factor>())];
    readonly Identities identities = new(parameters[0].Value.Placement);

    /// <summary>What penalties have added to the gradient of a parameter.</summary>
    public ReadOnlySpan<Factor> Added(int parameter) => CollectionsMarshal.AsSpan(added[parameter]);

    /// <summary>Begins the next step and lets penalties add to it, in order.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="learningRate">Step size per unit of mean gradient.</param>
    /// <param name="penalties">All of them.</param>
    public void Apply(int epoch, double learningRate, IPenalty[] penalties)
    {
        Begin(epoch, learningRate);
        foreach (List<Factor> list in added) list.Clear();
        foreach (IPenalty penalty in penalties) penalty.Apply(this);
    }

    /// <inheritdoc/>
    public override void Add(int parameter, Matrix value, double scale) =>
        added[parameter].Add(new Factor(identities.Of(value.Rows), value, scale));

    /// <inheritdoc/>
    public override void AddFactor(int parameter, in Factor factor) => added[parameter].Add(factor);
}
