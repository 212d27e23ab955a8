namespace Boltzmann;

/// <summary>Binary units, x ∈ {0, 1}, with potential U(x) = −b·x; P(x = 1 | I) = σ(I + b). Data may be probabilities in between.</summary>
/// <param name="units">Number of units.</param>
/// <param name="placement">Where the parameters live.</param>
public sealed class BernoulliLayer(int units, Placement? placement = null) : TwoStateLayer(units, 0, placement)
{
    /// <summary>The name in files.</summary>
    public const string Name = "bernoulli";

    /// <inheritdoc/>
    public override string Kind => Name;

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
