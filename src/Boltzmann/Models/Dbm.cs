namespace Boltzmann;

/// <summary>
/// Deep Boltzmann machine: layers of units of any kinds, each joined to the next by symmetric weights and all of them undirected,
/// E(v, h₁, …, h_L) = Σ U_l(x_l) − vᵀW₁h₁ − h₁ᵀW₂h₂ − … (Salakhutdinov and Hinton 2009). With labels y, one-hot and visible, joined to the
/// top: − h_Lᵀ·W_y·y. With one hidden layer it is an <see cref="Rbm"/>.
/// </summary>
public sealed partial class Dbm : EnergyModel, IModel
{
    /// <summary>Weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="layers">From the visible one upward, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers, or they live in different places or precisions.</exception>
    public Dbm(params IReadOnlyList<Layer> layers) : this(layers, null) { }

    Dbm(IReadOnlyList<Layer> layers, MultinomialLayer? labels) : base(labels is null ? layers : [.. layers, labels],
        Joined(labels is null ? layers : [.. layers, labels]))
    {
        Labels = labels;
        VisibleLayers = labels is null ? [0] : [0, layers.Count];
    }

    /// <summary>A machine with labels joined to its top, its weights 0.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="layers">From the visible one upward to the top, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers or classes, or layers live in different places or
    /// precisions.</exception>
    public static Dbm OfLabelled(int classes, params IReadOnlyList<Layer> layers)
    {
        if (classes < 2) throw new ArgumentOutOfRangeException(nameof(classes), $"there must be at least two classes, not {classes}");
        return new(RequireTwo(layers), new MultinomialLayer(classes, classes, 1, layers[0].Placement));
    }

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Layers[0];

    /// <summary>One unit per class, of which one is 1; null without labels.</summary>
    public MultinomialLayer? Labels { get; }

    /// <summary>
    /// W between a layer and the next above it, [units of the layer × units of the next]; of the top with labels, those to the labels.
    /// </summary>
    public Matrix Weights(int layer) => Interactions[layer].Parameters[0].Value;

    /// <summary>The number of the highest layer of features: below the labels if there are any.</summary>
    public int Top => HiddenLayers[^1];

    /// <inheritdoc/>
    public override IReadOnlyList<int> VisibleLayers { get; }

    /// <inheritdoc/>
    public override int? LabelLayer => Labels is null ? null : Layers.Count - 1;

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(Labels is null ? ModelKind.Dbm : ModelKind.ClassificationDbm, Layers);

    /// <inheritdoc/>
    public override Dbm Clone(Placement? placement = null)
    {
        Layer[] layers = [.. Layers.Take(Top + 1).Select(l => l.Clone(placement))];
        var copy = new Dbm(layers, Labels?.Clone(placement));
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>"784 bernoulli × 512 bernoulli × 1024 bernoulli"; with labels " + 10 classes".</summary>
    public override string ToString() => string.Join(" × ", Layers.Take(Top + 1)) + (Labels is null ? "" : $" + {Labels.Units} classes");

    static IReadOnlyList<Layer> RequireTwo(IReadOnlyList<Layer> layers) => layers.Count >= 2 ? layers
        : throw new ArgumentException($"a deep Boltzmann machine needs at least 2 layers, not {layers.Count}", nameof(layers));

    static Interaction[] Joined(IReadOnlyList<Layer> layers) =>
        [.. Enumerable.Range(0, RequireTwo(layers).Count - 1).Select(l => new Dense(layers, l, l + 1))];
}
