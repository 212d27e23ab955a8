namespace Boltzmann;

/// <summary>Ising spins, x ∈ {−1, 1}, with potential U(x) = −b·x; E[x | I] = tanh(I + b).</summary>
/// <param name="units">Number of units.</param>
/// <param name="placement">Where the parameters live.</param>
public sealed class SpinLayer(int units, Placement? placement = null) : TwoStateLayer(units, -1, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "spin";

    internal static LayerKind Registration { get; } = new(Name, UnitValues.Spins, (layer, placement) =>
        new SpinLayer(layer.Size, placement))
    { ListsValues = _ => true };

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override UnitValues Values => UnitValues.Spins;

    /// <inheritdoc/>
    public override Activation? MeanActivation => Activation.Tanh;

    /// <inheritdoc/>
    public override void MultiplySlope(Matrix means, Matrix inputs, Matrix error, Workspace? workspace = null) =>
        error.MultiplySlope(means, Activation.Tanh);

    /// <summary>x² = 1 for both values: nothing changes.</summary>
    public override bool TryAddPrecision(double precision) => true;

    /// <inheritdoc/>
    protected override Layer OfSize(IReadOnlyList<int> units) => new SpinLayer(units.Count, Placement);

    /// <inheritdoc/>
    public override Layer Clone(Placement? placement = null)
    {
        var copy = new SpinLayer(Units, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }
}
