namespace Boltzmann.Training;

/// <summary>
/// The negative phase of machines whose visible layer has few states, for all rows of a batch together: each state with the hidden means
/// given it, weighted by its probability in the machine of the row. What given layers say differs from row to row, and so do these.
/// </summary>
sealed class ListedStates(EnergyModel model)
{
    /// <summary>Most states: a softmax of symbols.</summary>
    const int MostStates = 256;

    readonly List<PhaseStates> states = [];
    readonly List<BatchScratch> weights = [];
    readonly Layer visible = model.Layers[0];

    /// <summary>Whether a machine is such a one: one visible layer of few states, hidden units independent given it.</summary>
    public static bool Serve(EnergyModel model) => model.VisibleLayers.Count == 1 && model.Layers[0].StateCount <= MostStates
        && model.HiddenLayers.Count > 0 && model.IsBipartite;

    /// <summary>The machine.</summary>
    public EnergyModel Model => model;

    /// <summary>Adds −⟨∂(−E)/∂θ⟩ under p(v, h | context) to a gradient.</summary>
    public void Add(in Batch batch, Gradient gradient)
    {
        int count = (int)visible.StateCount!, rows = batch.State.Rows;
        IReadOnlyList<int> hidden = model.HiddenLayers;
        while (states.Count < count)
        {
            states.Add(new(model));
            weights.Add(new());
        }
        var logs = new double[count][];
        var state = new Matrix(1, visible.Units, model.Placement);
        for (int s = 0; s < count; s++)
        {
            State listed = states[s].Of(rows);
            PositivePhase.Condition(model, listed, batch.State);
            visible.SetStates(s, state);
            listed[0].Fill(0);
            listed[0].SetSum(listed[0], 1, state);
            Matrix energies = weights[s].Of(rows, 1, model.Placement);
            energies.Fill(0);
            model.AddFreeEnergy(listed, hidden, energies, -1);
            logs[s] = energies.ReadColumn(0);
            for (int h = 0; h < hidden.Count; h++)
                model.Layers[hidden[h]].SetMean(listed.Inputs(hidden[h]), listed[hidden[h]], listed.Workspace);
        }
        var row = new double[count];
        double[]? rowWeights = batch.RowWeights?.ReadColumn(0);
        for (int r = 0; r < rows; r++)
        {
            for (int s = 0; s < count; s++) row[s] = logs[s][r];
            double total = Scalar.LogSumExp(row);
            for (int s = 0; s < count; s++) logs[s][r] = Math.Exp(row[s] - total) * (rowWeights?[r] ?? 1);
        }
        for (int s = 0; s < count; s++)
        {
            Matrix shares = weights[s].Of(rows, 1, model.Placement);
            shares.WriteColumn(0, logs[s]);
            gradient.AddPhase(states[s].Of(rows), LayerSet.Of(hidden), shares, -1 / batch.TotalWeight);
        }
    }
}
