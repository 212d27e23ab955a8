namespace Boltzmann;

/// <summary>Gibbs sampling: each block of units in turn is drawn from its distribution given the rest (Geman and Geman 1984). One motion for every model.</summary>
public static class Gibbs
{
    /// <summary>One sweep over the model's blocks. Clamped units stay.</summary>
    public static void Sweep(EnergyModel model, State state, Rng rng)
    {
        for (int i = 0; i < model.Blocks.Count; i++)
        {
            int layer = model.Blocks[i];
            if (!state.IsClamped(layer)) Draw(model, state, layer, rng);
        }
    }

    /// <summary>One layer is drawn from its distribution given the rest, its units one after another where they are joined to each other. Its inputs stay in the state.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="state">Configurations.</param>
    /// <param name="layer">Which.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="evidence">What the layer hears from outside the machine, [B × units], added to its inputs; null for nothing.</param>
    internal static void Draw(EnergyModel model, State state, int layer, Rng rng, Matrix? evidence = null)
    {
        Connection? within = model.Within(layer);
        if (within is { Edges: not null } edges)
        {
            DrawAlongEdges(model, state, layer, edges, rng, 1, evidence);
            return;
        }
        if (within is null && evidence is null)
        {
            model.SetUnits(state, layer, null, state[layer], rng);
            state.Restore(layer);
            return;
        }
        Matrix inputs = state.Inputs(layer);
        model.SetInputs(state, layer, inputs);
        if (evidence is not null) inputs.SetSum(inputs, 1, evidence, model.Coupling);
        if (within is Connection c)
        {
            ((TwoStateLayer)model.Layers[layer]).SampleWithin(inputs, state[layer], c, model.Coupling, state.Free(layer), rng);
            return;
        }
        model.Layers[layer].Sample(inputs, state[layer], rng);
        state.Restore(layer);
    }

    /// <summary>Several sweeps at a temperature.</summary>
    /// <param name="model">The target at temperature 1.</param>
    /// <param name="state">Chains, moved in place.</param>
    /// <param name="sweeps">Number of sweeps, 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="temperature">T in p ∝ e^{−E/T}; above 1 chains move more freely.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive.</exception>
    public static void Sweep(EnergyModel model, State state, int sweeps, Rng rng, double temperature = 1)
    {
        if (!(temperature > 0 && double.IsFinite(temperature))) throw new ArgumentOutOfRangeException(nameof(temperature), $"the temperature must be positive and finite, not {temperature}");
        EnergyModel tempered = temperature == 1 ? model : state.Tempered(model, 1 / temperature);
        // Units that edges join stay transposed for several sweeps, which gives the same numbers.
        if (tempered.Layers.Count == 1 && !state.IsClamped(0) && tempered.Within(0) is { Edges: not null } edges) DrawAlongEdges(tempered, state, 0, edges, rng, sweeps);
        else
            for (int s = 0; s < sweeps; s++) Sweep(tempered, state, rng);
    }

    static void DrawAlongEdges(EnergyModel model, State state, int layer, Connection edges, Rng rng, int sweeps, Matrix? evidence = null)
    {
        Matrix? inputs = model.SetInputsFromOthers(state, layer) ? state.Inputs(layer) : null;
        if (evidence is not null)
        {
            if (inputs is null) state.Inputs(layer).Fill(0);
            inputs = state.Inputs(layer);
            inputs.SetSum(inputs, 1, evidence, model.Coupling);
        }
        ((TwoStateLayer)model.Layers[layer]).SampleWithin(inputs, state[layer], edges, model.Coupling, state.Free(layer), rng, sweeps);
    }
}
