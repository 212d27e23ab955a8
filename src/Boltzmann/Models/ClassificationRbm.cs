namespace Boltzmann;

/// <summary>
/// Restricted Boltzmann machine that knows classes: the label y, one-hot, is visible beside the row x,
/// E(x, y, h) = U(x) + U(h) − d·y − xᵀWh − hᵀUy, so that p(y|x) is exact with any hidden units (Larochelle and Bengio 2008). The top of a
/// deep belief network with labels is one too (Hinton, Osindero and Teh 2006).
/// </summary>
public sealed partial class ClassificationRbm : EnergyModel, IModel
{
    internal const int HiddenIndex = 1;

    const int VisibleIndex = 0, LabelIndex = 2;

    /// <summary>All weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="visible">The units that rows clamp.</param>
    /// <param name="hidden">The features.</param>
    /// <param name="classes">Number of classes K, at least 2.</param>
    /// <exception cref="ArgumentException">The layers live in different places or precisions, or there are fewer than two
    /// classes.</exception>
    public ClassificationRbm(Layer visible, Layer hidden, int classes) : this(visible, hidden,
        new MultinomialLayer(AtLeastTwo(classes), classes, 1, visible.Placement))
    { }

    ClassificationRbm(Layer visible, Layer hidden, MultinomialLayer labels) : base([visible, hidden, labels],
        [new Dense([visible, hidden, labels], VisibleIndex, HiddenIndex),
            new Dense([visible, hidden, labels], HiddenIndex, LabelIndex)]) => Labels = labels;

    /// <summary>The units that rows clamp.</summary>
    public Layer Visible => Layers[VisibleIndex];

    /// <summary>The features.</summary>
    public Layer Hidden => Layers[HiddenIndex];

    /// <summary>One unit per class, of which one is 1.</summary>
    public MultinomialLayer Labels { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => Labels.Units;

    /// <summary>W, [visible units × hidden units].</summary>
    public Matrix Weights => Interactions[0].Parameters[0].Value;

    /// <summary>U, [hidden units × classes].</summary>
    public Matrix LabelWeights => Interactions[1].Parameters[0].Value;

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(ModelKind.ClassificationRbm, Layers);

    /// <summary>Rows and labels.</summary>
    public override IReadOnlyList<int> VisibleLayers { get; } = [VisibleIndex, LabelIndex];

    /// <inheritdoc/>
    public override int? LabelLayer => LabelIndex;

    /// <summary>The machine of rows and features alone, sharing memory: what they say to each other without the labels.</summary>
    public Rbm WithoutLabels() => new(Visible, Hidden, Weights);

    /// <summary>
    /// Copies the layers and weights of a machine without labels: the start of supervised learning from a pre-trained one.
    /// </summary>
    /// <exception cref="ArgumentException">Kinds or sizes differ.</exception>
    public void CopyFrom(Rbm source)
    {
        Visible.CopyFrom(source.Visible);
        Hidden.CopyFrom(source.Hidden);
        Weights.SetCopy(source.Weights);
    }

    /// <inheritdoc/>
    public override ClassificationRbm Clone(Placement? placement = null)
    {
        var copy = new ClassificationRbm(Visible.Clone(placement), Hidden.Clone(placement), Classes);
        copy.CopyFrom(this);
        return copy;
    }

    static int AtLeastTwo(int classes) => classes >= 2 ? classes
        : throw new ArgumentOutOfRangeException(nameof(classes), $"there must be at least two classes, not {classes}");
}
