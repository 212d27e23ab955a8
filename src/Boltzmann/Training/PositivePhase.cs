namespace Boltzmann;

/// <summary>The positive phase: exact where hidden layers are independent given the visible ones, else by mean-field inference.</summary>
static class PositivePhase
{
    /// <summary>k, which every chain needs to be at least 1.</summary>
    public static int RequireSteps(int steps) => steps > 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), $"k must be at least 1, not {steps}");

    /// <summary>Throws unless hidden units are independent given the visible ones, and these given them.</summary>
    public static void RequireBipartite(EnergyModel model)
    {
        if (!model.IsBipartite) throw new ArgumentException("this needs a model whose weights join visible layers with hidden ones only");
    }

    /// <summary>Sets the hidden means given the data and adds the phase.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="batch">Data.</param>
    /// <param name="gradient">Receives the statistics.</param>
    /// <param name="inference">For machines whose hidden layers are joined.</param>
    public static void Add(EnergyModel model, in Batch batch, Gradient gradient, MeanField inference)
    {
        inference.Infer(model, batch.State);
        gradient.AddPositivePhase(batch, LayerSet.Of(model.HiddenLayers));
    }

    /// <summary>The phase of a machine whose hidden layers are independent given the data.</summary>
    public static void AddExact(EnergyModel model, in Batch batch, Gradient gradient, double inputFactor = 1)
    {
        SetMeans(model, batch.State, model.HiddenLayers, inputFactor);
        gradient.AddPositivePhase(batch, LayerSet.Of(model.HiddenLayers));
    }

    /// <summary>Sets layers, independent given the others, to their means; their inputs, multiplied by a factor, stay in the state.</summary>
    public static void SetMeans(EnergyModel model, State state, IReadOnlyList<int> layers, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            SetInputs(model, state, layers[i], inputFactor);
            model.Layers[layers[i]].SetMean(state.Inputs(layers[i]), state[layers[i]], state.Workspace);
        }
    }

    /// <summary>Draws layers that are independent given the others; their inputs, multiplied by a factor, stay in the state.</summary>
    public static void Sample(EnergyModel model, State state, IReadOnlyList<int> layers, Rng rng, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            SetInputs(model, state, layers[i], inputFactor);
            model.Layers[layers[i]].Sample(state.Inputs(layers[i]), state[layers[i]], rng, state.Workspace);
        }
    }

    /// <summary>Fills rows of a layer with those of data, from the first again after the last.</summary>
    public static void StartAtData(Matrix chains, Matrix data)
    {
        for (int r = 0; r < chains.Rows; r++) chains.RowRange(r, 1).SetCopy(data.RowRange(r % data.Rows, 1));
    }

    static void SetInputs(EnergyModel model, State state, int layer, double factor)
    {
        model.SetInputs(state, layer, state.Inputs(layer));
        if (factor != 1) state.Inputs(layer).SetSum(state.Inputs(layer), factor);
    }
}
