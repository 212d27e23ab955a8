namespace Boltzmann;

/// <summary>One chain a row, and the average of the conditional means of the row's units along it.</summary>
sealed class SampledMeans
{
    readonly EnergyModel model;
    readonly IReadOnlyList<Matrix?>? evidence;
    readonly Rng rng;

    /// <summary>Chains drawn by the biases alone.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">Number of chains.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="evidence">For each layer [rows × units], added to its inputs, or null; null for none at all.</param>
    public SampledMeans(EnergyModel model, int rows, Rng rng, IReadOnlyList<Matrix?>? evidence = null)
    {
        (this.model, this.rng, this.evidence) = (model, rng, evidence);
        State = new State(model, rows);
        Gibbs.Start(model, State, rng);
    }

    public State State { get; }

    /// <summary>Sweeps first at falling temperatures, then at 1, and averages over the last of these.</summary>
    /// <param name="options">How many sweeps.</param>
    /// <param name="averaged">How many of the sweeps at temperature 1 count, from the end.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>[rows × columns of the rows, but for context].</returns>
    public Matrix Run(CompletionOptions options, int averaged, CancellationToken cancellation)
    {
        if (options.StartTemperature > 1 && options.BurnIn > 0)
        {
            var tempered = new AnnealedModel(model);
            for (int s = 0; s < options.BurnIn; s++)
            {
                tempered.Beta = 1 / (1 + (options.StartTemperature - 1) * (options.BurnIn - 1 - s) / Math.Max(1, options.BurnIn - 1));
                Sweep(tempered, cancellation);
            }
        }
        else
            for (int s = 0; s < options.BurnIn; s++) Sweep(model, cancellation);

        Matrix[] means = [.. model.ModelledRowLayers.Select(l => State[l].Like(State.Rows, State[l].Columns))],
            now = [.. means.Select(m => m.Like(m.Rows, m.Columns))];
        for (int s = 0; s < options.Sweeps; s++)
        {
            Sweep(model, cancellation);
            if (s < options.Sweeps - averaged) continue;
            for (int i = 0; i < means.Length; i++)
            {
                SetMean(model.ModelledRowLayers[i], now[i]);
                means[i].SetSum(means[i], 1, now[i], 1.0 / averaged);
            }
        }
        for (int i = 0; i < means.Length; i++) State.Restore(model.ModelledRowLayers[i], means[i]);
        return Matrix.Beside(means);
    }

    void Sweep(EnergyModel tempered, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (int l in tempered.Blocks) Gibbs.Draw(tempered, State, l, rng, evidence?[l]);
    }

    // E[v_i | all other units]. Where layers have two sides, what the last sweep left are still the inputs of the side that was drawn last.
    void SetMean(int layer, Matrix mean)
    {
        if (model.Sides?.Even.Contains(layer) != true)
        {
            model.SetInputs(State, layer, State.Inputs(layer));
            if (evidence?[layer] is Matrix heard) State.Inputs(layer).SetSum(State.Inputs(layer), 1, heard);
        }
        model.UnitsOf(State, layer).SetMean(State.Inputs(layer), mean);
    }
}
