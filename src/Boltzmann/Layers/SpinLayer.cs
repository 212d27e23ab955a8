namespace Boltzmann;

/// <summary>Ising spins, x ∈ {−1, 1}, with potential U(x) = −b·x; E[x | I] = tanh(I + b).</summary>
/// <param name="units">Number of units.</param>
/// <param name="placement">Where the parameters live.</param>
public sealed class SpinLayer(int units, Placement? placement = null) : TwoStateLayer(units, -1, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "spin";

    /// <inheritdoc/>
    public override string Kind => Name;

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
