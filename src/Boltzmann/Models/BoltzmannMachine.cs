namespace Boltzmann;

/// <summary>
/// Fully connected Boltzmann machine (Hinton and Sejnowski 1983): visible and, if there are any, hidden units of two values, every pair of them joined,
/// E(v, h) = −b·v − c·h − ½·vᵀLv − ½·hᵀJh − vᵀWh, L and J symmetric with zero diagonal.
/// </summary>
public sealed class BoltzmannMachine : EnergyModel, IModel
{
    const int VisibleIndex = 0, HiddenIndex = 1;

    /// <summary>Weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="visible">The units that data clamp.</param>
    /// <param name="hidden">The others; null for none.</param>
    /// <exception cref="ArgumentException">The layers live in different places or precisions.</exception>
    public BoltzmannMachine(TwoStateLayer visible, TwoStateLayer? hidden = null) : base(hidden is null ? [visible] : [visible, hidden], Joined(visible, hidden)) { }

    /// <summary>The units that data clamp.</summary>
    public TwoStateLayer Visible => (TwoStateLayer)Layers[VisibleIndex];

    /// <summary>The other units; null if there are none.</summary>
    public TwoStateLayer? Hidden => Layers.Count > 1 ? (TwoStateLayer)Layers[HiddenIndex] : null;

    /// <summary>L, among visible units, [visible units × visible units].</summary>
    public Matrix VisibleWeights => Connections[0].Weights;

    /// <summary>W, [visible units × hidden units]; null without hidden units.</summary>
    public Matrix? Weights => Layers.Count > 1 ? Connections[1].Weights : null;

    /// <summary>J, among hidden units, [hidden units × hidden units]; null without them.</summary>
    public Matrix? HiddenWeights => Layers.Count > 1 ? Connections[2].Weights : null;

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(ModelKind.Bm, Layers);

    /// <inheritdoc/>
    public override BoltzmannMachine Clone(Placement? placement = null)
    {
        var copy = new BoltzmannMachine((TwoStateLayer)Visible.Clone(placement), (TwoStateLayer?)Hidden?.Clone(placement));
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>"20 bernoulli + 10 bernoulli, fully connected".</summary>
    public override string ToString() => $"{string.Join(" + ", Layers)}, fully connected";

    static Connection[] Joined(TwoStateLayer visible, TwoStateLayer? hidden)
    {
        var within = new Connection(VisibleIndex, VisibleIndex, new Matrix(visible.Units, visible.Units, visible.Placement));
        return hidden is null ? [within]
            : [within, new(VisibleIndex, HiddenIndex, new Matrix(visible.Units, hidden.Units, visible.Placement)), new(HiddenIndex, HiddenIndex, new Matrix(hidden.Units, hidden.Units, visible.Placement))];
    }
}
