namespace Boltzmann;

/// <summary>
/// CD-k: the negative phase is k Gibbs sweeps away from the data (Hinton 2002). For machines of a visible and a hidden layer.
/// Statistics use the last visible states and the means of the hidden units given these very states.
/// </summary>
/// <param name="steps">k.</param>
/// <param name="sampleVisible">Whether the chain's visible units are sampled; their means otherwise (Hinton's guide §3.2).</param>
/// <param name="sampleHidden">Whether the chain's hidden units are sampled; their means otherwise.</param>
/// <param name="upFactor">
/// Multiplies the hidden units' inputs: 2 for the first machine of a deep Boltzmann machine, whose first hidden layer will have input from above too
/// (Salakhutdinov and Hinton 2009, §3.1).
/// </param>
/// <param name="downFactor">Multiplies the visible units' inputs: 2 for the last machine.</param>
public sealed class ContrastiveDivergence(int steps = 1, bool sampleVisible = false, bool sampleHidden = true, double upFactor = 1, double downFactor = 1) : IGradientEstimator
{
    const int Visible = 0, Hidden = 1;
    const uint VisibleMeans = 1u << Visible;

    PhaseStates? chains;

    /// <inheritdoc/>
    public string Name => "cd";

    /// <inheritdoc/>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>Nothing: every chain starts afresh at the data.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (chains?.Model != model) chains = new PhaseStates(model);
        State data = batch.State, chain = chains.Of(batch.State.Rows);
        Layer visible = model.Layers[Visible], hidden = model.Layers[Hidden];

        PositivePhase.Add(model, batch, gradient, upFactor);
        if (sampleHidden) hidden.Sample(data.Inputs(Hidden), chain[Hidden], rng);
        else chain[Hidden].SetCopy(data[Hidden]);
        for (int k = 1; k <= Steps; k++)
        {
            PositivePhase.SetInputs(model, chain, Visible, downFactor);
            if (sampleVisible) visible.Sample(chain.Inputs(Visible), chain[Visible], rng);
            else visible.SetMean(chain.Inputs(Visible), chain[Visible]);
            PositivePhase.SetInputs(model, chain, Hidden, upFactor);
            if (k < Steps && sampleHidden) hidden.Sample(chain.Inputs(Hidden), chain[Hidden], rng);
            else hidden.SetMean(chain.Inputs(Hidden), chain[Hidden]);
        }
        gradient.AddPhase(chain, PositivePhase.HiddenMeans | (sampleVisible ? 0 : VisibleMeans), batch.RowWeights, -1 / batch.TotalWeight);
    }
}
