namespace Boltzmann;

/// <summary>Binary units, x ∈ {0, 1}, with potential U(x) = −b·x; P(x = 1 | I) = σ(I + b). Data may be probabilities in between.</summary>
/// <param name="units">Number of units.</param>
/// <param name="placement">Where the parameters live.</param>
public sealed class BernoulliLayer(int units, Placement? placement = null) : TwoStateLayer(units, 0, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "bernoulli";

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Bits, (layer, placement) =>
        new BernoulliLayer(layer.Size, placement))
    { ListsValues = _ => true };

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.Bits;

    /// <inheritdoc/>
    public override Activation? MeanActivation => Activation.Sigmoid;

    /// <inheritdoc/>
    public override void MultiplySlope(Matrix means, Matrix inputs, Matrix error, Workspace? workspace = null) =>
        error.MultiplySlope(means, Activation.Sigmoid);

    /// <summary>x² = x: the bias falls by half of it.</summary>
    public override bool TryAddPrecision(double precision)
    {
        Bias.SetSum(Bias, 1, Matrix.Row(1, -precision / 2, Placement));
        return true;
    }

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new BernoulliLayer(units.Count, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new BernoulliLayer(Units, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
