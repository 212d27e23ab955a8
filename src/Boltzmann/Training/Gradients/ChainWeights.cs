namespace Boltzmann.Training;

/// <summary>
/// What chains of a negative phase weigh. Where every chain belongs to a row, because of the row's context, its clamped units or those that
/// it lacks, the phase is a mean over rows like the positive one: a chain weighs what its row does, divided among the chains that the row
/// has. Chains that belong to no row weigh alike.
/// </summary>
sealed class ChainWeights
{
    readonly BatchScratch memory = new();
    double[] ofRows = [], ofChains = [];

    /// <summary>Adds −(mean over chains) to a gradient.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="batch">The rows, in whose order <see cref="PositivePhase.Condition"/> gave the chains their conditions.</param>
    /// <param name="chains">The chains' states.</param>
    /// <param name="means">Layers that hold means.</param>
    /// <param name="gradient">Receives the phase.</param>
    public void AddPhase(EnergyModel model, in Batch batch, State chains, LayerSet means, Gradient gradient)
    {
        int rows = batch.State.Rows, count = chains.Rows;
        bool areUneven = batch.RowWeights is not null || (count > rows && count % rows != 0);
        if (!areUneven || !AreConditional(model, batch.State))
        {
            gradient.AddPhase(chains, means, null, -1.0 / count);
            return;
        }
        if (ofRows.Length < rows) ofRows = new double[rows];
        if (ofChains.Length < count) ofChains = new double[count];
        if (batch.RowWeights is Matrix given) given.ReadColumn(0, ofRows.AsSpan(0, rows));
        else Array.Fill(ofRows, 1);
        double total = 0;
        for (int c = 0; c < count; c++)
        {
            int row = c % rows, shared = count / rows + (row < count % rows ? 1 : 0);
            total += ofChains[c] = ofRows[row] / shared;
        }
        // Fewer chains than rows may have met rows of no weight alone.
        if (total == 0) return;
        Matrix weights = memory.Of(count, 1, model.Placement);
        weights.WriteColumn(0, ofChains.AsSpan(0, count));
        gradient.AddPhase(chains, means, weights, -1 / total);
    }

    static bool AreConditional(EnergyModel model, State data)
    {
        if (model.ContextLayers.Count > 0) return true;
        for (int l = 0; l < model.Layers.Count; l++)
            if (data.IsClamped(l) || data.IsClampedInPart(l)) return true;
        return false;
    }
}
