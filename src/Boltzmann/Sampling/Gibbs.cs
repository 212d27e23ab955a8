namespace Boltzmann;

/// <summary>
/// Gibbs sampling: each block of units in turn is drawn from its distribution given the rest (Geman and Geman 1984). One motion for every
/// model.
/// </summary>
public static class Gibbs
{
    /// <summary>One sweep over the model's blocks. Clamped units and context stay.</summary>
    public static void Sweep(EnergyModel model, State state, Rng rng)
    {
        for (int i = 0; i < model.Blocks.Count; i++) Draw(model, state, model.Blocks[i], rng);
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
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), $"the temperature must be positive and finite, not {temperature}");
        EnergyModel tempered = temperature == 1 ? model : state.Tempered(model, 1 / temperature);
        // Units that edges join stay transposed for several sweeps, which gives the same numbers.
        if (tempered.Layers.Count == 1 && tempered.WithinOf(0) is { TakesOwnInputs: false }) Draw(tempered, state, 0, rng, null, sweeps);
        else
            for (int s = 0; s < sweeps; s++) Sweep(tempered, state, rng);
    }

    /// <summary>
    /// Draws every layer by its biases alone, as if nothing joined them: a start for chains. Clamped units and context stay.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="state">Chains.</param>
    /// <param name="rng">Source of randomness.</param>
    public static void Start(EnergyModel model, State state, Rng rng)
    {
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (model.Layers[l].IsContext || state.IsClamped(l)) continue;
            state.Inputs(l).Fill(0);
            model.UnitsOf(state, l).Sample(state.Inputs(l), state[l], rng, state.Workspace);
            state.Restore(l);
        }
    }

    /// <summary>
    /// One layer is drawn from its distribution given the rest, its units one after another where they are joined to each other, unless it
    /// is clamped. Its inputs stay in the state.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="state">Configurations.</param>
    /// <param name="layer">Which.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="evidence">Inputs from outside the machine, [B × units], added to the layer's own; null for none.</param>
    /// <param name="sweeps">How often; more than once only where the layer's units alone are joined, along edges.</param>
    public static void Draw(EnergyModel model, State state, int layer, Rng rng, Matrix? evidence = null, int sweeps = 1)
    {
        if (state.IsClamped(layer)) return;
        WithinLayer? within = model.WithinOf(layer);
        if (within is null && evidence is null)
        {
            model.SetUnits(state, layer, null, state[layer], rng);
            state.Restore(layer);
            return;
        }
        Matrix? inputs = state.Inputs(layer);
        if (within is { TakesOwnInputs: false })
        {
            if (!model.SetInputsFromOthers(state, layer))
            {
                if (evidence is null) inputs = null;
                else inputs.Fill(0);
            }
        }
        else model.SetInputs(state, layer, inputs);
        if (evidence is not null) inputs!.SetSum(inputs, 1, evidence, model.Coupling);
        if (within is not null) within.Sample(model.Layers[layer], inputs, state[layer], model.Coupling, state.Free(layer), rng, sweeps);
        else
        {
            model.UnitsOf(state, layer).Sample(inputs!, state[layer], rng, state.Workspace);
            state.Restore(layer);
        }
    }
}
