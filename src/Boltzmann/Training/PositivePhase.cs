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

    /// <summary>Bit mask for <see cref="Gradient.AddPhase"/>: these layers hold means.</summary>
    public static uint Means(IReadOnlyList<int> layers)
    {
        uint mask = 0;
        for (int i = 0; i < layers.Count; i++) mask |= 1u << layers[i];
        return mask;
    }

    /// <summary>Sets the hidden means given the data and adds the phase.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="batch">Data.</param>
    /// <param name="gradient">Receives the statistics.</param>
    /// <param name="inference">For machines whose hidden layers are joined.</param>
    public static void Add(EnergyModel model, in Batch batch, Gradient gradient, MeanField inference)
    {
        inference.Infer(model, batch.State);
        gradient.AddPositivePhase(batch, Means(model.HiddenLayers));
    }

    /// <summary>The phase of a machine whose hidden layers are independent given the data.</summary>
    public static void AddExact(EnergyModel model, in Batch batch, Gradient gradient, double inputFactor = 1)
    {
        SetMeans(model, batch.State, model.HiddenLayers, inputFactor);
        gradient.AddPositivePhase(batch, Means(model.HiddenLayers));
    }

    /// <summary>Sets layers, independent given the others, to their means; their inputs, multiplied by a factor, stay in the state.</summary>
    public static void SetMeans(EnergyModel model, State state, IReadOnlyList<int> layers, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++) SetUnits(model, state, layers[i], state[layers[i]], null, null, inputFactor);
    }

    /// <summary>Draws layers that are independent given the others; their inputs, multiplied by a factor, stay in the state.</summary>
    public static void Sample(EnergyModel model, State state, IReadOnlyList<int> layers, Rng rng, double inputFactor = 1)
    {
        for (int i = 0; i < layers.Count; i++) SetUnits(model, state, layers[i], null, state[layers[i]], rng, inputFactor);
    }

    /// <summary>Sets the means of a layer, draws from them, or both; its inputs, multiplied by a factor, stay in the state.</summary>
    public static void SetUnits(EnergyModel model, State state, int layer, Matrix? mean, Matrix? sample, Rng? rng, double inputFactor = 1)
    {
        if (inputFactor == 1)
        {
            model.SetUnits(state, layer, mean, sample, rng);
            return;
        }
        Matrix inputs = state.Inputs(layer);
        model.SetInputs(state, layer, inputs);
        inputs.SetSum(inputs, inputFactor);
        if (mean is not null) model.Layers[layer].SetMean(inputs, mean);
        if (sample is not null) model.Layers[layer].Sample(inputs, sample, rng!);
    }

    /// <summary>Fills rows of a layer with those of data, from the first again after the last.</summary>
    public static void StartAtData(Matrix chains, Matrix data)
    {
        chains.GatherRows([data], [.. Enumerable.Range(0, chains.Rows).Select(r => r % data.Rows)]);
    }
}
