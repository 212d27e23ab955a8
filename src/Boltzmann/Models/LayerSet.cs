namespace Boltzmann.Models;

/// <summary>Some of a machine's layers, by their numbers from 0 to <see cref="MaximumLayers"/> − 1.</summary>
public readonly record struct LayerSet
{
    /// <summary>The most layers of a machine: a set is the bits of a word.</summary>
    public const int MaximumLayers = 32;

    readonly uint bits;

    LayerSet(uint bits) => this.bits = bits;

    /// <summary>No layer.</summary>
    public static LayerSet None => default;

    /// <summary>Every layer of any machine.</summary>
    public static LayerSet All => new(uint.MaxValue);

    /// <summary>Layers by their numbers.</summary>
    public static LayerSet Of(IReadOnlyList<int> layers)
    {
        uint bits = 0;
        for (int i = 0; i < layers.Count; i++) bits |= 1u << layers[i];
        return new(bits);
    }

    /// <summary>Whether a layer is among them.</summary>
    public bool Contains(int layer) => (bits >> layer & 1) != 0;

    /// <summary>Whether all layers of another set are among them.</summary>
    public bool Contains(LayerSet others) => (others.bits & ~bits) == 0;

    /// <summary>These and one more.</summary>
    public LayerSet With(int layer) => new(bits | 1u << layer);

    /// <summary>These but one.</summary>
    public LayerSet Without(int layer) => new(bits & ~(1u << layer));

    /// <summary>All layers that are not among them.</summary>
    public LayerSet Others => new(~bits);

    /// <summary>The layers of either set.</summary>
    public LayerSet Or(LayerSet other) => new(bits | other.bits);

    /// <inheritdoc/>
    public override string ToString() =>
        this == All ? "all layers" : $"layers {string.Join(", ", Enumerable.Range(0, MaximumLayers).Where(Contains))}";
}
