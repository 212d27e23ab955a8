namespace Boltzmann;

/// <summary>
/// Any graph of layers joined by symmetric weights, E(x) = Σ_l U_l(x_l) − Σ_(a,b) x_aᵀ·W_ab·x_b − ½·Σ_a x_aᵀ·W_aa·x_a: several visible
/// layers joined to shared hidden ones (two modalities, labels beside pixels), weights among visible units (semi-restricted machines),
/// rings of layers.
/// </summary>
public sealed class LayeredModel : EnergyModel, IModel
{
    readonly LayerGraph graph;

    /// <summary>Weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="layers">The first one visible.</param>
    /// <param name="connections">Pairs of numbers of layers; a layer with itself joins its units to each other, which must have two
    /// values.</param>
    /// <param name="visible">The layers that data clamp, the first among them; null for the first alone.</param>
    /// <param name="labels">The one among them that classes clamp, of one softmax; null for none.</param>
    /// <exception cref="ArgumentException">A layer is joined to nothing, a pair is there twice, a number is no layer's, or units cannot be
    /// joined or be labels; the message says which.</exception>
    public LayeredModel(IReadOnlyList<Layer> layers, IReadOnlyList<(int Lower, int Upper)> connections, IReadOnlyList<int>? visible = null,
        int? labels = null)
        : this(layers, new LayerGraph(connections, visible ?? [0], labels)) { }

    /// <summary>Weights 0 for every pair of a graph, which may join the units of a layer along edges.</summary>
    /// <param name="layers">The first one visible.</param>
    /// <param name="graph">What is joined and what is visible.</param>
    /// <exception cref="ArgumentException">The graph does not fit the layers; the message says why.</exception>
    public LayeredModel(IReadOnlyList<Layer> layers, LayerGraph graph) : base(layers, graph.Joined(layers))
    {
        this.graph = graph;
        VisibleLayers = graph.Visible;
    }

    /// <summary>A machine as a description says, weights 0.</summary>
    public static LayeredModel From(GraphDescription description, Placement? placement = null) =>
        new([.. description.Layers.Select(l => l.Create(placement ?? Placement.Default)!)], description.Graph);

    /// <inheritdoc/>
    public override IReadOnlyList<int> VisibleLayers { get; }

    /// <inheritdoc/>
    public override int? LabelLayer => graph.Labels;

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(ModelKind.Graph, Layers) with { Graph = graph };

    /// <inheritdoc/>
    public override LayeredModel Clone(Placement? placement = null)
    {
        var copy = new LayeredModel([.. Layers.Select(l => l.Clone(placement))], graph);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>"784 bernoulli, 10 multinomial, 500 bernoulli; 0-2, 1-2, 2-2"; of a layer joined along edges "0-0 (1512 edges)".</summary>
    public override string ToString() => $"{string.Join(", ", Layers)}; {string.Join(", ", Interactions)}";
}
