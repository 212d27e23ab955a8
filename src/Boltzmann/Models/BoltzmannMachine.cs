namespace Boltzmann;

/// <summary>
/// Boltzmann machine of units of two values (Hinton and Sejnowski 1983) or of one-hot blocks (a Potts machine). Fully connected: visible
/// and, if there are any, hidden units, every pair of them joined, E(v, h) = −b·v − c·h − ½·vᵀLv − ½·hᵀJh − vᵀWh, L and J symmetric, zero
/// on the diagonal and within a block. Sparse: visible units of two values that edges join, E(v) = −b·v − Σ w·v_i·v_j over the edges.
/// </summary>
public sealed class BoltzmannMachine : EnergyModel, IModel
{
    const int VisibleIndex = 0, HiddenIndex = 1;

    /// <summary>Weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="visible">The units that data clamp.</param>
    /// <param name="hidden">The others; null for none.</param>
    /// <exception cref="ArgumentException">The layers live in different places or precisions.</exception>
    public BoltzmannMachine(Layer visible, Layer? hidden = null)
        : base(hidden is null ? [visible] : [visible, hidden], Joined(visible, hidden)) { }

    /// <summary>A sparse machine, weights 0.</summary>
    /// <param name="visible">All its units.</param>
    /// <param name="edges">The pairs of them that are joined.</param>
    /// <exception cref="ArgumentException">The edges join another number of units, or none.</exception>
    public BoltzmannMachine(Layer visible, EdgeList edges)
        : base([visible], [new Edges([visible], VisibleIndex, edges)]) { }

    /// <summary>
    /// A grid of units, each joined to the next in its row and in its column: the Ising model with a weight for each pair. Weights 0.
    /// </summary>
    /// <param name="rows">Height.</param>
    /// <param name="columns">Width.</param>
    /// <param name="kind">"spin", "bernoulli", or another kind of units of two values.</param>
    /// <param name="placement">Where the parameters live.</param>
    /// <exception cref="ArgumentException">Another kind of units, or a grid of one unit.</exception>
    public static BoltzmannMachine Grid(int rows, int columns, string kind = SpinLayer.Name, Placement? placement = null)
    {
        EdgeList edges = EdgeList.Grid(rows, columns);
        var units = new LayerDescription(kind, edges.Units);
        return units.IsPair ? new(LayerKinds.Create(units, placement), edges)
            : throw new ArgumentException($"a grid has {SpinLayer.Name}, {BernoulliLayer.Name} or other units of two values, not {kind}",
                nameof(kind));
    }

    /// <summary>The pairs that are joined in a sparse machine; null where all are.</summary>
    public EdgeList? Edges => (Interactions[0] as Edges)?.List;

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Layers[VisibleIndex];

    /// <summary>The other units; null if there are none.</summary>
    public Layer? Hidden => Layers.Count > 1 ? Layers[HiddenIndex] : null;

    /// <summary>L, among visible units, [visible units × visible units]; in a sparse machine w, [1 × edges].</summary>
    public Matrix VisibleWeights => Interactions[0].Parameters[0].Value;

    /// <summary>W, [visible units × hidden units]; null without hidden units.</summary>
    public Matrix? Weights => Layers.Count > 1 ? Interactions[1].Parameters[0].Value : null;

    /// <summary>J, among hidden units, [hidden units × hidden units]; null without them.</summary>
    public Matrix? HiddenWeights => Layers.Count > 1 ? Interactions[2].Parameters[0].Value : null;

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(ModelKind.Bm, Layers) with { Edges = Edges?.Count };

    /// <inheritdoc/>
    public override BoltzmannMachine Clone(Placement? placement = null)
    {
        Layer visible = Visible.Clone(placement);
        BoltzmannMachine copy = Edges is EdgeList edges ? new(visible, edges) : new(visible, Hidden?.Clone(placement));
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>"20 bernoulli + 10 bernoulli, fully connected" or "10000 spin, 19800 edges".</summary>
    public override string ToString() => $"{string.Join(" + ", Layers)}, {(Edges is null ? "fully connected" : $"{Edges.Count} edges")}";

    static Interaction[] Joined(Layer visible, Layer? hidden) => hidden is null ? [new Within([visible], VisibleIndex)]
        : [new Within([visible, hidden], VisibleIndex), new Dense([visible, hidden], VisibleIndex, HiddenIndex),
            new Within([visible, hidden], HiddenIndex)];
}
