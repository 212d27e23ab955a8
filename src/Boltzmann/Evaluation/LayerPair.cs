namespace Boltzmann;

/// <summary>
/// A model of two layers in double precision, with any factor β already in its weights: what the evaluations work on. The parameters are
/// copies, so a model that learns on does not disturb a number in the making. Side 0 is the lower (visible) layer, side 1 the upper.
/// </summary>
sealed class LayerPair
{
    readonly Layer[] layers;

    LayerPair(Layer lower, Layer upper, Matrix weights)
    {
        layers = [lower, upper];
        Weights = weights;
    }

    /// <summary>W, [lower units × upper units].</summary>
    public Matrix Weights { get; }

    public Placement Placement => Weights.Placement;

    public Layer this[int side] => layers[side];

    public static LayerPair From(EnergyModel model)
    {
        if (model.Layers.Count != 2 || model.Connections.Count != 1)
            throw new ArgumentException($"this needs a model of two layers joined by weights; this one has {model.Layers.Count} layers and {model.Connections.Count} sets of weights");
        Placement placement = model.Placement.Double;
        Matrix weights = model.Connections[0].Weights.Clone(Precision.Float64);
        if (model.Coupling != 1) weights.SetSum(weights, model.Coupling);
        var pair = new LayerPair(model.Layers[0].Clone(placement), model.Layers[1].Clone(placement), weights);
        for (int l = 0; l < 2; l++)
            foreach (Parameter p in pair[l].Parameters) RequireFinite($"layers.{l}.{p.Name}", p.Value);
        RequireFinite(model.Connections[0].Name, weights);
        return pair;
    }

    /// <summary>destination = scale·(what the units of <paramref name="side"/> hear from these states of the other side).</summary>
    public void SetInputs(int side, Matrix statesOfOther, Matrix destination, double scale = 1) =>
        destination.SetProduct(statesOfOther, Weights, transposeRight: side == 0, scale: scale);

    static void RequireFinite(string name, Matrix values)
    {
        if (values.Summarize().NonFinite is > 0 and long count) throw new BadInputException($"{count} of the numbers in {name} {values.Shape} are not finite, so the model has no likelihood");
    }
}
