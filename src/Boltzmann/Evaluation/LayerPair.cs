namespace Boltzmann;

/// <summary>
/// A model of a visible and a hidden side in double precision, with any factor β already in its weights: what the evaluations work on. The parameters are
/// copies, so a model that learns on does not disturb a number in the making. Side 0 is the visible layer, or several side by side; side 1 the hidden one.
/// </summary>
sealed class LayerPair
{
    readonly Layer[] layers;

    readonly EnergyModel model;

    LayerPair(EnergyModel model)
    {
        this.model = model;
        Placement placement = model.Placement.Double;
        layers = Pair([.. model.Layers.Select(l => l.Clone(placement))]);
        Weights = new Matrix(layers[0].Units, layers[1].Units, placement);
        foreach (var (l, rows) in WeightsOfVisible(Weights))
        {
            Connection c = ConnectionOf(l);
            Matrix part = c.Weights.Clone(Precision.Float64);
            if (c.Lower == l) rows.SetCopy(part);
            else rows.SetProduct(Identity(part.Columns), part, transposeRight: true);
        }
        if (model.Coupling != 1) Weights.SetSum(Weights, model.Coupling);
    }

    /// <summary>W, [lower units × upper units].</summary>
    public Matrix Weights { get; }

    public Placement Placement => Weights.Placement;

    public Layer this[int side] => layers[side];

    public static LayerPair From(EnergyModel model)
    {
        if (!model.IsBipartite || model.HiddenLayers.Count != 1 || model.Connections.Count != model.VisibleLayers.Count)
            throw new ArgumentException($"this needs a model of visible layers joined to one hidden layer by weights; this one has {model.Layers.Count} layers and {model.Connections.Count} sets of weights");
        return new(FreeEnergy.InDouble(model));
    }

    /// <summary>The layers of the model, or others of their kinds and sizes, as the two sides.</summary>
    public Layer[] Pair(IReadOnlyList<Layer> ofModel)
    {
        if (ofModel.Count != model.Layers.Count) throw new ArgumentException($"the start of the path has {ofModel.Count} layers, but the model has {model.Layers.Count}");
        Layer[] visible = [.. model.VisibleLayers.Select(l => ofModel[l])];
        return [visible.Length == 1 ? visible[0] : new JoinedLayer(visible), ofModel[model.HiddenLayers[0]]];
    }

    /// <summary>Copies both sides of configurations to a state of the model.</summary>
    public void CopyTo(State state, Matrix lower, Matrix upper)
    {
        Matrix[] parts = layers[0] is JoinedLayer joined ? joined.Split(lower) : [lower];
        for (int i = 0; i < parts.Length; i++) state[model.VisibleLayers[i]].SetCopy(parts[i]);
        state[model.HiddenLayers[0]].SetCopy(upper);
    }

    /// <summary>The visible side of configurations of the model.</summary>
    public Matrix Lower(State state)
    {
        if (layers[0] is not JoinedLayer joined) return state[0];
        var lower = new Matrix(state.Rows, joined.Units, state[0].Placement);
        joined.Join([.. model.VisibleLayers.Select(l => state[l])], lower);
        return lower;
    }

    /// <summary>Statistics of this pair's parameters (lower, upper, weights) in the order and the shapes of the model's.</summary>
    public IReadOnlyList<Matrix> ToModel(IReadOnlyList<Matrix> moments)
    {
        if (layers[0] is not JoinedLayer joined) return moments;
        var ofLayer = new Matrix[model.Layers.Count][];
        int next = 0;
        for (int i = 0; i < joined.Parts.Count; i++) ofLayer[model.VisibleLayers[i]] = Take(joined.Parts[i]);
        ofLayer[model.HiddenLayers[0]] = Take(layers[1]);
        var ofWeights = new Dictionary<Connection, Matrix>();
        foreach (var (l, rows) in WeightsOfVisible(moments[^1]))
        {
            Connection c = ConnectionOf(l);
            Matrix part = rows.Clone();
            if (c.Lower != l)
            {
                part = rows.Like(rows.Columns, rows.Rows);
                part.SetOuterProducts([new Factor(rows, Identity(rows.Rows), 1)]);
            }
            ofWeights[c] = part;
        }
        return [.. ofLayer.SelectMany(m => m), .. model.Connections.Select(c => ofWeights[c])];

        Matrix[] Take(Layer layer)
        {
            next += layer.Parameters.Count;
            return [.. moments.Skip(next - layer.Parameters.Count).Take(layer.Parameters.Count)];
        }
    }

    /// <summary>destination = scale·(what the units of <paramref name="side"/> hear from these states of the other side).</summary>
    public void SetInputs(int side, Matrix statesOfOther, Matrix destination, double scale = 1) =>
        destination.SetProduct(statesOfOther, Weights, transposeRight: side == 0, scale: scale);

    // The rows of the weights that belong to each visible layer.
    IEnumerable<(int Layer, Matrix Rows)> WeightsOfVisible(Matrix weights)
    {
        int first = 0;
        foreach (int l in model.VisibleLayers)
        {
            yield return (l, weights.RowRange(first, model.Layers[l].Units));
            first += model.Layers[l].Units;
        }
    }

    Connection ConnectionOf(int layer) => model.Connections.First(c => c.Lower == layer || c.Upper == layer);

    Matrix Identity(int size)
    {
        Matrix identity = new(size, size, Placement);
        for (int i = 0; i < size; i++) identity[i, i] = 1;
        return identity;
    }
}
