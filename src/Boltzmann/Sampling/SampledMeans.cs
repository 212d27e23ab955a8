namespace Boltzmann;

/// <summary>One chain a row, and the average of the visible layer's conditional means along it.</summary>
sealed class SampledMeans
{
    readonly EnergyModel model;
    readonly Matrix? evidence;
    readonly Rng rng;

    /// <summary>Chains drawn by the biases alone.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">Number of chains.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="evidence">[rows × visible units], added to the inputs of the visible layer; null for none.</param>
    public SampledMeans(EnergyModel model, int rows, Rng rng, Matrix? evidence = null)
    {
        (this.model, this.rng, this.evidence) = (model, rng, evidence);
        State = new State(model, rows);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            State.Inputs(l).Fill(0);
            model.Layers[l].Sample(State.Inputs(l), State[l], rng);
        }
    }

    public State State { get; }

    public Matrix Run(CompletionOptions options, CancellationToken cancellation)
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

        Matrix mean = State[0].Like(State.Rows, State[0].Columns), now = mean.Like(mean.Rows, mean.Columns);
        for (int s = 0; s < options.Sweeps; s++)
        {
            Sweep(model, cancellation);
            SetVisibleMean(now);
            mean.SetSum(mean, 1, now, 1.0 / options.Sweeps);
        }
        State.Restore(0, mean);
        return mean;
    }

    void Sweep(EnergyModel tempered, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (int l in tempered.Blocks)
            if (!State.IsClamped(l)) Gibbs.Draw(tempered, State, l, rng, l == 0 ? evidence : null);
    }

    // E[v_i | all other units]. Where layers have two sides, what the last sweep left are still the inputs: the visible side was drawn last.
    void SetVisibleMean(Matrix mean)
    {
        if (model.Sides is null)
        {
            model.SetInputs(State, 0, State.Inputs(0));
            if (evidence is not null) State.Inputs(0).SetSum(State.Inputs(0), 1, evidence);
        }
        model.Layers[0].SetMean(State.Inputs(0), mean);
    }
}
