namespace Boltzmann.Training;

/// <summary>The positive phase: exact where hidden layers are independent given the visible ones, else by mean-field inference.</summary>
static class PositivePhase
{
    /// <summary>k, which every chain needs to be at least 1.</summary>
    public static int RequireSteps(int steps) =>
        steps > 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), $"k must be at least 1, not {steps}");

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

    /// <summary>
    /// Sets layers, independent given the others, to their means; their inputs, multiplied by a factor, stay in the state.
    /// </summary>
    public static void SetMeans(EnergyModel model, State state, IReadOnlyList<int> layers, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++) SetUnits(model, state, layers[i], state[layers[i]], null, null, inputFactor);
    }

    /// <summary>Draws layers that are independent given the others; their inputs, multiplied by a factor, stay in the state.</summary>
    public static void Sample(EnergyModel model, State state, IReadOnlyList<int> layers, Rng rng, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++) SetUnits(model, state, layers[i], null, state[layers[i]], rng, inputFactor);
    }

    /// <summary>
    /// Sets the means of a layer, draws from them, or both, unless it is clamped; its inputs, multiplied by a factor, stay in the state.
    /// </summary>
    public static void SetUnits(EnergyModel model, State state, int layer, Matrix? mean, Matrix? sample, Rng? rng, double inputFactor = 1)
    {
        if (state.IsClamped(layer)) return;
        if (inputFactor == 1) model.SetUnits(state, layer, mean, sample, rng);
        else
        {
            Matrix inputs = state.Inputs(layer);
            model.SetInputs(state, layer, inputs);
            inputs.SetSum(inputs, inputFactor);
            if (mean is not null) model.UnitsOf(state, layer).SetMean(inputs, mean, state.Workspace);
            if (sample is not null) model.UnitsOf(state, layer).Sample(inputs, sample, rng!, state.Workspace);
        }
        if (mean is not null) state.Restore(layer, mean);
        if (sample is not null) state.Restore(layer, sample);
    }

    /// <summary>
    /// Gives chains the clamps and the context of data: both phases have the same machine for a row. Chains of another number take the rows
    /// in turn.
    /// </summary>
    public static void Condition(EnergyModel model, State chains, State data)
    {
        chains.ClampAs(data);
        for (int i = 0; i < model.ContextLayers.Count; i++) State.CopyRows(data[model.ContextLayers[i]], chains[model.ContextLayers[i]]);
    }

    /// <summary>
    /// Those of some layers whose means may stand in the gradient: a unit that is clamped or absent has no conditional mean, so a layer of
    /// such units whose kind learns more than a bias is drawn.
    /// </summary>
    public static bool TakesMeans(EnergyModel model, State state, IReadOnlyList<int> layers)
    {
        for (int i = 0; i < layers.Count; i++)
            if ((state.IsClampedInPart(layers[i]) || state.IsClamped(layers[i])) && model.Layers[layers[i]].Parameters.Count > 1)
                return false;
        return true;
    }
}
