namespace Boltzmann.Models;

/// <summary>
/// Weights between some pairs of units of one layer, one for each edge: φ = Σ_e w_e·x_i·x_j. The gradient is one dense row: a product of
/// states would form every pair.
/// </summary>
public sealed class Edges : WithinLayer
{
    /// <summary>Joins pairs of units of a layer by given weights, which are shared.</summary>
    /// <param name="layer">Its number.</param>
    /// <param name="list">The pairs.</param>
    /// <param name="weights">[1 × edges].</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public Edges(int layer, EdgeList list, Matrix weights) : base(layer)
    {
        (List, Weights) = (list, weights);
        Parameters = [new(Name, weights, IsWeight: true, IsDense: true)];
    }

    /// <summary>Joins pairs of units of a layer, weights 0.</summary>
    /// <param name="layers">All layers of the machine.</param>
    /// <param name="layer">Its number.</param>
    /// <param name="list">The pairs, at least one.</param>
    /// <exception cref="ArgumentException">There is no pair.</exception>
    public Edges(IReadOnlyList<Layer> layers, int layer, EdgeList list)
        : this(layer, list, new Matrix(1, list.Count > 0 ? list.Count : throw new ArgumentException("a sparse machine needs at least one "
        + "edge", nameof(list)), layers[layer].Placement))
    { }

    /// <summary>The pairs of units, in the order of their weights.</summary>
    public EdgeList List { get; }

    /// <summary>A weight for each pair, [1 × edges].</summary>
    public Matrix Weights { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override bool TakesOwnInputs => false;

    /// <inheritdoc/>
    public override string? Complaint(IReadOnlyList<Layer> layers) => OfUnits(layers) is string complaint ? complaint
        : List.Units == layers[Layer].Units && Weights.Rows == 1 && Weights.Columns == List.Count ? null
        : $"weights {Weights.Shape} of {List.Count} edges among {List.Units} units cannot join {layers[Layer]} units";

    /// <inheritdoc/>
    public override void SetInputs(State state, int layer, Matrix destination, double scale, double keep) =>
        destination.SetEdgeProduct(state[Layer], List, Weights, scale, keep);

    /// <inheritdoc/>
    public override void Sample(Layer units, Matrix? inputs, Matrix states, double scale, Matrix? free, Rng rng, int sweeps = 1) =>
        states.SampleTwoStateEdges(inputs, units.Bias, List, Weights, units.Values.Minimum, units.Values.Maximum, rng, scale, free, sweeps);

    /// <inheritdoc/>
    public override void SetMean(Layer units, Matrix inputs, Matrix states, double scale, Matrix? free) =>
        states.SetTwoStateMeanEdges(inputs, units.Bias, List, Weights, units.Values.Minimum, units.Values.Maximum, scale, free);

    /// <inheritdoc/>
    public override void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient) =>
        gradient.Dense(0).AddEdgeMoments(state[Layer], state[Layer], List, rowWeights, scale);

    /// <inheritdoc/>
    public override void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient)
    {
        // A weight serves the inputs of either end.
        gradient.Dense(0).AddEdgeMoments(direction, state[Layer], List, null, scale);
        gradient.Dense(0).AddEdgeMoments(state[Layer], direction, List, null, scale);
    }

    /// <inheritdoc/>
    public override void Center(IReadOnlyList<Matrix> offsets, IReadOnlyList<Matrix> differences, InteractionGradient gradient,
        IReadOnlyList<Matrix> biases, BiasProjections projections)
    {
        // In the order of interactions, as sums are.
        projections.Apply();
        Matrix ofEdges = gradient.Dense(0);
        ofEdges.AddEdgeMoments(offsets[Layer], differences[Layer], List, null, -1);
        ofEdges.AddEdgeMoments(differences[Layer], offsets[Layer], List, null, -1);
        biases[Layer].SetEdgeProduct(offsets[Layer], List, ofEdges, -1, 1);
    }

    /// <inheritdoc/>
    public override void AverageOverPresent(RowPresence presence, InteractionGradient gradient)
    {
        if (presence.Of(Layer) is not null) gradient.ScaleEntries(0, presence.OfEdges(Layer, List));
    }

    /// <inheritdoc/>
    public override string? Mismatch(Interaction source) => base.Mismatch(source)
        ?? (source is Edges other && (ReferenceEquals(List, other.List)
            || (List.Units == other.List.Units && List.Pairs.SequenceEqual(other.List.Pairs))) ? null
            : $"{Name} joins other pairs of units, or not in the same order");

    /// <inheritdoc/>
    public override Interaction CloneFor(IReadOnlyList<Layer> layers) => new Edges(layers, Layer, List);

    /// <inheritdoc/>
    public override Interaction? Part(Func<int, int[]> columnsOf, Func<int, int> numberOf)
    {
        int[] units = columnsOf(Layer), kept = Among(units);
        return kept.Length == 0 ? null
            : new Edges(numberOf(Layer), new EdgeList(units.Length, [.. kept.Select(e => (Array.IndexOf(units, List.Pairs[e].Unit),
                Array.IndexOf(units, List.Pairs[e].Other)))]), Weights.Part([0], kept));
    }

    /// <inheritdoc/>
    public override void SetPart(Matrix whole, Matrix part, Func<int, int[]> columnsOf) =>
        Dense.SetEntries(whole, part, [0], Among(columnsOf(Layer)));

    // The edges whose both ends are among some units.
    int[] Among(int[] units) =>
        [.. Enumerable.Range(0, List.Count).Where(e => units.Contains(List.Pairs[e].Unit) && units.Contains(List.Pairs[e].Other))];

    /// <inheritdoc/>
    public override Interaction On(Func<int, int> numberOf) => new Edges(numberOf(Layer), List, Weights);

    /// <inheritdoc/>
    public override string ToString() => $"{base.ToString()} ({List.Count} edges)";
}
