namespace Boltzmann;

/// <content>The inputs of a layer and what its units do with them, where the last product and the units can be one operation.</content>
public abstract partial class EnergyModel
{
    /// <summary>
    /// Sets the inputs of a layer, its means, and draws from them: as <see cref="SetInputs(State, int, Matrix)"/>,
    /// <see cref="Layer.SetMean"/> and <see cref="Layer.Sample"/> one after the other, in fewer calls of the backend. The inputs stay in
    /// the state.
    /// </summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Which layer; not one whose units are joined to each other.</param>
    /// <param name="mean">Set to the means, [B × units]; null for none.</param>
    /// <param name="sample">Drawn, [B × units]; null for none.</param>
    /// <param name="rng">Source of randomness, needed for a sample only.</param>
    internal void SetUnits(State state, int layer, Matrix? mean, Matrix? sample = null, Rng? rng = null) =>
        SetUnits(state, layer, mean, sample, rng, AllLayers, 0);

    /// <summary>The same with inputs from some layers only, added to keep times what they were.</summary>
    /// <inheritdoc cref="SetUnits(State, int, Matrix, Matrix, Rng)"/>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Which layer; not one whose units are joined to each other.</param>
    /// <param name="mean">Set to the means, [B × units]; null for none.</param>
    /// <param name="sample">Drawn, [B × units]; null for none.</param>
    /// <param name="rng">Source of randomness, needed for a sample only.</param>
    /// <param name="from">The other layers, as a set of bits.</param>
    /// <param name="keep">0 to overwrite the inputs.</param>
    internal void SetUnits(State state, int layer, Matrix? mean, Matrix? sample, Rng? rng, uint from, double keep)
    {
        Matrix inputs = state.Inputs(layer);
        int last = LastProduct(layer, from);
        if (last < 0)
        {
            SetInputs(state, layer, inputs, from, keep);
            if (mean is not null) Layers[layer].SetMean(inputs, mean);
            if (sample is not null) Layers[layer].Sample(inputs, sample, rng!);
            return;
        }
        for (int i = 0; i < last; i++)
            if (AddInputs(Connections[i], state, layer, inputs, from, keep)) keep = 1;
        Connection c = Connections[last];
        bool isUpper = c.Upper == layer;
        var product = new InputProduct(state[isUpper ? c.Lower : c.Upper], c.Weights, !isUpper, Coupling, keep);
        Layers[layer].SetUnits(product, inputs, mean, sample, rng);
    }

    // The connection that gives a layer its last inputs, unless that is one within a layer.
    int LastProduct(int layer, uint from)
    {
        for (int i = Connections.Count - 1; i >= 0; i--)
        {
            Connection c = Connections[i];
            bool isOurs = c.Upper == layer || c.Lower == layer;
            if (isOurs && (from >> (c.Upper == layer ? c.Lower : c.Upper) & 1) != 0) return c.IsWithinLayer ? -1 : i;
        }
        return -1;
    }
}
