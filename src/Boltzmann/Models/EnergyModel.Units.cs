namespace Boltzmann;

/// <content>The inputs of a layer and what its units do with them, where the last product and the units can be one operation.</content>
public abstract partial class EnergyModel
{
    /// <summary>
    /// The units of a layer as the rows of a state have them: the layer itself, but where draws are by row, and the state counted them, a
    /// view of it that knows them.
    /// </summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Which layer.</param>
    public Layer UnitsOf(State state, int layer) =>
        Layers[layer] is { DrawsByRow: true } units && state.Draws(layer) is Matrix draws ? units.OfRows(draws) : Layers[layer];

    /// <summary>Counts the draws that each row of a state has, where they are by row: after its rows were set.</summary>
    /// <param name="state">Rows.</param>
    public void CountDraws(State state)
    {
        for (int i = 0; i < RowLayers.Count; i++)
            if (Layers[RowLayers[i]].DrawsByRow) state.CountDraws(RowLayers[i]);
    }

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
        SetUnits(state, layer, mean, sample, rng, LayerSet.All, LayerSet.None, 0);

    /// <summary>The same with inputs from some interactions only, added to keep times what they were.</summary>
    /// <inheritdoc cref="SetUnits(State, int, Matrix, Matrix, Rng)"/>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Which layer; not one whose units are joined to each other.</param>
    /// <param name="mean">Set to the means, [B × units]; null for none.</param>
    /// <param name="sample">Drawn, [B × units]; null for none.</param>
    /// <param name="rng">Source of randomness, needed for a sample only.</param>
    /// <param name="from">The other layers.</param>
    /// <param name="except">Interactions with these alone are left out.</param>
    /// <param name="keep">0 to overwrite the inputs.</param>
    internal void SetUnits(State state, int layer, Matrix? mean, Matrix? sample, Rng? rng, LayerSet from, LayerSet except, double keep)
    {
        Matrix inputs = state.Inputs(layer);
        int last = Interactions.Count - 1;
        while (last >= 0 && !Reaches(Interactions[last], layer, from, except)) last--;
        for (int i = 0; i < last; i++)
        {
            if (!Reaches(Interactions[i], layer, from, except)) continue;
            Interactions[i].SetInputs(state, layer, inputs, Coupling, keep);
            keep = 1;
        }
        if (last >= 0 && Interactions[last].ProductFor(state, layer, Coupling, keep) is InputProduct product)
        {
            UnitsOf(state, layer).SetUnits(product, inputs, mean, sample, rng, state.Workspace);
            return;
        }
        if (last >= 0) Interactions[last].SetInputs(state, layer, inputs, Coupling, keep);
        else if (keep == 0) inputs.Fill(0);
        if (mean is not null) UnitsOf(state, layer).SetMean(inputs, mean, state.Workspace);
        if (sample is not null) UnitsOf(state, layer).Sample(inputs, sample, rng!, state.Workspace);
    }
}
