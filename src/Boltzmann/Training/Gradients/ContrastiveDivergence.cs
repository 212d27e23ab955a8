namespace Boltzmann;

/// <summary>
/// CD-k: the negative phase is k Gibbs sweeps away from the data (Hinton 2002). For machines whose weights join visible layers with hidden
/// ones only. Statistics use the last visible states and the means of the hidden units given these very states.
/// </summary>
/// <param name="steps">k.</param>
/// <param name="sampleVisible">Whether the chain's visible units are sampled; their means otherwise (Hinton's guide §3.2).</param>
/// <param name="sampleHidden">Whether the chain's hidden units are sampled; their means otherwise.</param>
/// <param name="upFactor">
/// Multiplies the hidden units' inputs: 2 for the first machine of a deep Boltzmann machine, whose first hidden layer will have input from
/// above too (Salakhutdinov and Hinton 2009, §3.1).
/// </param>
/// <param name="downFactor">Multiplies the visible units' inputs: 2 for the last machine.</param>
public sealed class ContrastiveDivergence(int steps = 1, bool sampleVisible = false, bool sampleHidden = true, double upFactor = 1,
    double downFactor = 1) : IGradientEstimator
{
    PhaseStates? chains;
    State? last;

    /// <inheritdoc/>
    public string Name => "cd";

    /// <inheritdoc/>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>The visible states or means that the chains of the last batch have come to, [B × V]; null before the first.</summary>
    public Matrix? Particles => last?[0];

    /// <summary>Nothing: every chain starts afresh at the data.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (chains?.Model != model)
        {
            PositivePhase.RequireBipartite(model);
            chains = new PhaseStates(model);
        }
        State data = batch.State, chain = chains.Of(batch.State.Rows);
        IReadOnlyList<int> visible = model.VisibleLayers, hidden = model.HiddenLayers;

        PositivePhase.Condition(model, chain, data);
        bool drawsVisible = sampleVisible || !PositivePhase.TakesMeans(model, chain, visible);
        for (int i = 0; i < hidden.Count; i++)
            PositivePhase.SetUnits(model, data, hidden[i], data[hidden[i]], sampleHidden ? chain[hidden[i]] : null, rng, upFactor);
        gradient.AddPositivePhase(batch, LayerSet.Of(hidden));
        for (int i = 0; i < hidden.Count; i++)
            if (!sampleHidden) chain[hidden[i]].SetCopy(data[hidden[i]]);
            else chain.Restore(hidden[i]);
        for (int k = 1; k <= Steps; k++)
        {
            if (drawsVisible) PositivePhase.Sample(model, chain, visible, rng, downFactor);
            else PositivePhase.SetMeans(model, chain, visible, downFactor);
            if (k < Steps && sampleHidden) PositivePhase.Sample(model, chain, hidden, rng, upFactor);
            else PositivePhase.SetMeans(model, chain, hidden, upFactor);
        }
        last = chain;
        LayerSet means = LayerSet.Of(hidden).Or(drawsVisible ? LayerSet.None : LayerSet.Of(visible));
        gradient.AddPhase(chain, means, batch.RowWeights, -1 / batch.TotalWeight);
    }
}
