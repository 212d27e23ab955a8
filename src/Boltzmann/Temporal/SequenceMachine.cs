namespace Boltzmann.Temporal;

/// <summary>
/// The machine of one step: E(v, h | z) = U(v) + U(h) − vᵀWh − vᵀAz − hᵀBz, z the context (Taylor, Hinton and Roweis 2007). Which of A and
/// B there are, the memory says.
/// </summary>
sealed class SequenceMachine : EnergyModel
{
    const int VisibleIndex = 0, HiddenIndex = 1;
    readonly bool toVisible, toHidden, isDirect;

    /// <summary>Weights 0.</summary>
    /// <param name="visible">x_t.</param>
    /// <param name="hidden">h_t; null for none.</param>
    /// <param name="width">Z.</param>
    /// <param name="toVisible">Whether there is A.</param>
    /// <param name="toHidden">Whether there is B.</param>
    /// <param name="isDirect">Whether the context is itself what is added to the inputs of visible units, so that there is no A.</param>
    public SequenceMachine(Layer visible, Layer? hidden, int width, bool toVisible, bool toHidden, bool isDirect = false)
        : base(LayersOf(visible, hidden, width), Joined(LayersOf(visible, hidden, width), toVisible, toHidden, isDirect))
    {
        (this.toVisible, this.toHidden, this.isDirect) = (toVisible, toHidden, isDirect);
        Weights = Between(VisibleIndex, HiddenIndex);
        ToVisible = Between(VisibleIndex, Context);
        ToHidden = Hidden is null ? null : Between(HiddenIndex, Context);
    }

    public Layer Visible => Layers[VisibleIndex];

    public Layer? Hidden => Layers.Count > 2 ? Layers[HiddenIndex] : null;

    public int Context => Layers.Count - 1;

    /// <summary>W, [V × H]; null without hidden units.</summary>
    public Matrix? Weights { get; }

    /// <summary>A, [V × Z]; null where the context does not reach visible units by weights.</summary>
    public Matrix? ToVisible { get; }

    /// <summary>B, [H × Z]; null where the context does not reach hidden units.</summary>
    public Matrix? ToHidden { get; }

    /// <inheritdoc/>
    public override SequenceMachine Clone(Placement? placement = null)
    {
        var copy = new SequenceMachine(Visible.Clone(placement), Hidden?.Clone(placement), Layers[Context].Units, toVisible, toHidden,
            isDirect);
        copy.CopyFrom(this);
        return copy;
    }

    Matrix? Between(int lower, int upper) =>
        Interactions.OfType<Dense>().FirstOrDefault(d => d.Lower == lower && d.Upper == upper)?.Weights;

    static Layer[] LayersOf(Layer visible, Layer? hidden, int width)
    {
        var context = new ContextLayer(width, visible.Placement);
        return hidden is null ? [visible, context] : [visible, hidden, context];
    }

    static Interaction[] Joined(Layer[] layers, bool toVisible, bool toHidden, bool isDirect)
    {
        int context = layers.Length - 1;
        var joined = new List<Interaction>();
        if (context > HiddenIndex) joined.Add(new Dense(layers, VisibleIndex, HiddenIndex));
        if (isDirect) joined.Add(new Direct(VisibleIndex, context));
        if (toVisible) joined.Add(new Dense(layers, VisibleIndex, context));
        if (toHidden && context > HiddenIndex) joined.Add(new Dense(layers, HiddenIndex, context));
        return [.. joined];
    }
}
