namespace Boltzmann;

/// <summary>
/// The gradient of the log-pseudo-likelihood Σ_i log p(x_i | x_−i) of machines whose units are all visible (Besag 1975): exact, without chains and without Z. With e_i = x_i − E[x_i | x_−i],
/// ∇b = ⟨e⟩ and ∇w_ij = ⟨e_i·x_j + x_i·e_j⟩. Its maximum tends to that of the likelihood as rows grow in number (Hyvärinen 2006).
/// </summary>
/// <remarks>One product with the weights for each batch, and the two of their gradient: the cheapest way to teach a fully connected or a sparse machine.</remarks>
public sealed class PseudoLikelihoodGradient : IGradientEstimator
{
    readonly List<BatchScratch> errors = [];

    /// <inheritdoc/>
    public string Name => "pl";

    /// <summary>Of no effect: nothing is sampled.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Nothing: every batch stands for itself.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <summary>Whether it can teach a machine: all layers visible, of two-valued units.</summary>
    public static bool Takes(EnergyModel model) => model.HiddenLayers.Count == 0 && model.Layers.All(layer => layer is TwoStateLayer);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The machine has hidden units, or units without two values.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (!Takes(model)) throw new ArgumentException("the gradient of the pseudo-likelihood needs two-valued units that are all visible");
        gradient.SetPositive(batch);
        State state = batch.State;
        double scale = 1 / batch.TotalWeight;
        while (errors.Count < model.Layers.Count) errors.Add(new());
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Matrix error = errors[l].Like(state[l]);
            model.SetInputs(state, l, state.Inputs(l));
            model.Layers[l].SetMean(state.Inputs(l), error);
            error.SetSum(state[l], 1, error, -1);
            // Every term has one error, so a row counts by its weight there.
            if (batch.RowWeights is Matrix weights) error.SetScaled(error, weights);
            gradient.Bias(l).SetColumnSums(error, null, null, scale, keep: 1);
        }
        for (int c = 0; c < model.Connections.Count; c++)
        {
            var (lower, upper, _, edges) = model.Connections[c];
            Matrix below = errors[lower].Like(state[lower]), above = errors[upper].Like(state[upper]);
            if (edges is not null)
            {
                gradient.AddEdgeMoments(c, below, state[upper], null, scale);
                gradient.AddEdgeMoments(c, state[lower], above, null, scale);
                continue;
            }
            gradient.AddFactor(c, new Factor(below, state[upper], scale));
            gradient.AddFactor(c, new Factor(state[lower], above, scale));
        }
    }
}
