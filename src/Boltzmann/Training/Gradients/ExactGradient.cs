namespace Boltzmann.Training;

/// <summary>
/// The exact gradient of the log-likelihood, its negative phase by enumeration (<see cref="Exact.Moments"/>), and its positive one too
/// where hidden layers are joined: for machines small enough to enumerate, and as the measure of the other estimators.
/// </summary>
public sealed class ExactGradient : IGradientEstimator
{
    PhaseStates? means;
    ListedStates? listed;

    /// <inheritdoc/>
    public string Name => "exact";

    /// <summary>Has no meaning here: there is no chain.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Nothing.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The machine cannot be enumerated.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        State state = batch.State;
        if (model.AreIndependent(model.HiddenLayers)) PositivePhase.AddExact(model, batch, gradient);
        else
        {
            gradient.SetPositive(batch);
            AddPosterior(model, batch, gradient, [.. model.HiddenLayers.Where(l => !state.IsClamped(l))], state, 1);
        }
        int[] free = [.. model.Modelled.Where(l => !state.IsClamped(l))];
        if (free.Any(state.IsClampedInPart)) AddPartial(model, batch, gradient);
        else if (free.Length < model.Layers.Count && model.AreIndependent(free)) AddMeans(model, batch, gradient, free);
        else if (model.ContextLayers.Count > 0 && free.Length == model.Modelled.Count && ListedStates.Serve(model))
        {
            if (listed?.Model != model) listed = new(model);
            listed.Add(batch, gradient);
        }
        // What given layers leave to the others differs from row to row, and so does their distribution.
        else if (free.Length < model.Layers.Count) AddPosterior(model, batch, gradient, free, new State(model, state.Rows), -1);
        else
        {
            IReadOnlyList<Matrix> moments = Exact.Moments(model);
            for (int i = 0; i < moments.Count; i++) gradient.Add(i, moments[i].Clone(model.Placement.Precision), -1);
        }
    }

    // Units that nothing joins are what the given layers make of them.
    void AddMeans(EnergyModel model, in Batch batch, Gradient gradient, int[] free)
    {
        if (means?.Model != model) means = new(model);
        State state = means.Of(batch.State.Rows);
        PositivePhase.Condition(model, state, batch.State);
        for (int l = 0; l < model.Layers.Count; l++)
            if (state.IsClamped(l)) state[l].SetCopy(batch.State[l]);
        PositivePhase.SetMeans(model, state, free);
        gradient.AddPhase(state, LayerSet.Of(free), batch.RowWeights, -1 / batch.TotalWeight);
    }

    // Each row has a machine of its own: of the units that are neither clamped nor absent.
    static void AddPartial(EnergyModel model, in Batch batch, Gradient gradient)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        State state = batch.State;
        double[]? weights = batch.RowWeights?.ReadColumn(0);
        double[][,] isFree = [.. model.Layers.Select((layer, l) => state.Free(l)?.ToArray() ?? new double[0, 0])];
        Matrix[]? sums = null;
        for (int r = 0; r < state.Rows; r++)
        {
            var row = new State(target, 1);
            var free = new int[model.Layers.Count][];
            for (int l = 0; l < free.Length; l++)
            {
                bool isGiven = model.Layers[l].IsContext || state.IsClamped(l);
                double[,] mask = isFree[l];
                free[l] = isGiven ? [] : [.. Enumerable.Range(0, model.Layers[l].Units).Where(u => mask.Length == 0
                    || mask[Math.Min(r, mask.GetLength(0) - 1), u] != 0)];
                if (!isGiven && mask.Length == 0) continue;
                double[] values = state[l].ReadRow(r);
                foreach (int u in free[l]) values[u] = 0;
                row[l].WriteRow(0, values);
            }
            Matrix[] moments = PartialMoments.Of(target, free, row);
            sums ??= [.. moments.Select(m => m.Like(m.Rows, m.Columns))];
            for (int k = 0; k < sums.Length; k++) sums[k].SetSum(sums[k], 1, moments[k], (weights?[r] ?? 1) / batch.TotalWeight);
        }
        for (int k = 0; k < sums!.Length; k++) gradient.Add(k, sums[k].Clone(model.Placement.Precision), -1);
    }

    /// <summary>
    /// Adds sign·⟨∂(−E)/∂θ⟩, some layers being distributed as the model says given the others of each row: a sum over their states.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="batch">Rows and their weights.</param>
    /// <param name="gradient">Receives the statistics.</param>
    /// <param name="free">The layers to sum over.</param>
    /// <param name="means">Receives the free layers' means and copies of the others; read when the gradient is used.</param>
    /// <param name="sign">1 or −1.</param>
    static void AddPosterior(EnergyModel model, in Batch batch, Gradient gradient, int[] free, State means, double sign)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var state = new State(target, batch.State.Rows);
        LayerSet summed = LayerSet.Of(free);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (summed.Contains(l)) continue;
            state[l].SetCopy(batch.State[l]);
            if (means != batch.State) means[l].SetCopy(batch.State[l]);
        }
        var posterior = new Posterior(target, free);
        double[]? weights = batch.RowWeights?.ReadColumn(0);
        Matrix[]? sums = null;
        for (int r = 0; r < state.Rows; r++)
        {
            IReadOnlyList<Matrix> moments = posterior.Moments(state, r);
            sums ??= [.. moments.Select(m => m.Like(m.Rows, m.Columns))];
            for (int k = 0; k < sums.Length; k++) sums[k].SetSum(sums[k], 1, moments[k], (weights?[r] ?? 1) / batch.TotalWeight);
            for (int i = 0, k = 0; i < free.Length; k += model.Layers[free[i++]].Parameters.Count)
                means[free[i]].RowRange(r, 1).SetCopy(moments[k]);
        }

        int next = 0, parameter = 0;
        for (int l = 0; l < model.Layers.Count; parameter += model.Layers[l++].Parameters.Count)
            if (!summed.Contains(l)) gradient.AddMoments(l, means[l], null, batch.RowWeights, sign / batch.TotalWeight, means.Workspace);
            else
                for (int k = 0; k < model.Layers[l].Parameters.Count; k++)
                    gradient.Add(parameter + k, sums![next++].Clone(model.Placement.Precision), sign);
        for (int i = 0; i < model.Interactions.Count; parameter += model.Interactions[i++].Parameters.Count)
            if (!summed.Contains(model.Interactions[i].LayerSet))
                model.Interactions[i].AddMoments(means, batch.RowWeights, sign / batch.TotalWeight, gradient.Of(i));
            else
                for (int k = 0; k < model.Interactions[i].Parameters.Count; k++)
                    gradient.Add(parameter + k, sums![next++].Clone(model.Placement.Precision), sign);
    }
}
