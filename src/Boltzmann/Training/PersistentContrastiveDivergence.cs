namespace Boltzmann;

/// <summary>
/// PCD-k: the negative phase comes from chains that live on between updates (Tieleman 2008); with a fast learning rate, FPCD: the chains
/// follow weights W + W_fast, where W_fast learns quickly and decays, so that they leave the modes they sit in (Tieleman and Hinton 2009).
/// For machines whose weights join visible layers with hidden ones only.
/// </summary>
/// <remarks>A chain is carried on by its hidden states. One update is k times (v ~ p(v|h), h ~ p(h|v)); statistics use the last v and E[h|v].</remarks>
/// <param name="chains">Number of chains; 0 for as many as the first batch has rows.</param>
/// <param name="steps">k.</param>
/// <param name="fastLearningRate">0 for plain PCD. For FPCD about the initial slow learning rate.</param>
/// <param name="fastDecay">What an update leaves of W_fast; 0.95 in the paper.</param>
public sealed class PersistentContrastiveDivergence(int chains = 0, int steps = 1, double fastLearningRate = 0, double fastDecay = 0.95) : IGradientEstimator
{
    const string MemoryPrefix = "chains.";

    readonly int chains = chains >= 0 ? chains : throw new ArgumentOutOfRangeException(nameof(chains), $"the number of chains must be at least 1, or 0 for that of the batch, not {chains}");
    readonly double fastLearningRate = fastLearningRate >= 0 && double.IsFinite(fastLearningRate) ? fastLearningRate
        : throw new ArgumentOutOfRangeException(nameof(fastLearningRate), $"the fast learning rate must be finite and at least 0, not {fastLearningRate}");
    readonly double fastDecay = fastDecay is >= 0 and < 1 ? fastDecay : throw new ArgumentOutOfRangeException(nameof(fastDecay), $"the fast decay must be at least 0 and below 1, not {fastDecay}");

    State? fantasy;
    Matrix[] hiddenStates = [];
    EnergyModel? owner;
    FastWeights? fast;

    /// <inheritdoc/>
    public string Name => fastLearningRate > 0 ? "fpcd" : "pcd";

    /// <inheritdoc/>
    public int Steps
    {
        get;
        set => field = PositivePhase.RequireSteps(value);
    } = PositivePhase.RequireSteps(steps);

    /// <summary>The chains' visible states (fantasy particles), [C × V]; null before the first update.</summary>
    public Matrix? Particles => fantasy?[0];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => fantasy is null ? []
        :
        [
            .. owner!.VisibleLayers.Select(l => (MemoryName(owner, l), fantasy[l])),
            .. owner.HiddenLayers.Select((l, i) => (MemoryName(owner, l), hiddenStates[i])),
            .. fast?.Memory ?? [],
        ];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The two sides of the saved chains differ in number.</exception>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows)
    {
        if (!rows.TryGetValue(MemoryName(model, model.HiddenLayers[0]), out int count)) return;
        for (int l = 0; l < model.Layers.Count; l++)
            if (!rows.TryGetValue(MemoryName(model, l), out int others) || others != count)
                throw new BadInputException("the checkpoint's chains have not as many visible states as hidden ones");
        Allocate(model, count);
    }

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        PositivePhase.Add(model, batch, gradient);
        if (fantasy is null || owner != model) Start(model, batch.State, rng);

        EnergyModel sampler = model;
        if (fast is not null)
        {
            fast.Refresh();
            sampler = fast.Model;
        }
        IReadOnlyList<int> visible = model.VisibleLayers, hidden = model.HiddenLayers;
        for (int k = 1; k <= Steps; k++)
        {
            for (int i = 0; i < hidden.Count; i++) fantasy![hidden[i]].SetCopy(hiddenStates[i]);
            PositivePhase.Sample(sampler, fantasy!, visible, rng);
            SampleHidden(sampler, rng);
        }
        for (int i = 0; i < hidden.Count; i++) sampler.Layers[hidden[i]].SetMean(fantasy!.Inputs(hidden[i]), fantasy[hidden[i]]);
        gradient.AddPhase(fantasy!, PositivePhase.Means(hidden), null, -1.0 / fantasy!.Rows);
        fast?.Learn(gradient);
    }

    static string MemoryName(EnergyModel model, int layer) =>
        MemoryPrefix + (layer == 0 ? "visible" : layer == model.HiddenLayers[0] ? "hidden" : layer == model.LabelLayer ? "labels" : $"{layer}");

    // Chains start at the first batch, as if its rows had been sampled: better than noise, which needs a long burn-in (Hinton's guide §4).
    void Start(EnergyModel model, State data, Rng rng)
    {
        Allocate(model, chains > 0 ? chains : data.Rows);
        for (int i = 0; i < model.VisibleLayers.Count; i++) PositivePhase.StartAtData(fantasy![model.VisibleLayers[i]], data[model.VisibleLayers[i]]);
        SampleHidden(model, rng);
    }

    void SampleHidden(EnergyModel sampler, Rng rng)
    {
        for (int i = 0; i < hiddenStates.Length; i++)
        {
            int layer = sampler.HiddenLayers[i];
            sampler.SetInputs(fantasy!, layer, fantasy!.Inputs(layer));
            sampler.Layers[layer].Sample(fantasy.Inputs(layer), hiddenStates[i], rng);
        }
    }

    void Allocate(EnergyModel model, int rows)
    {
        PositivePhase.RequireBipartite(model);
        owner = model;
        fantasy = new State(model, rows);
        hiddenStates = [.. model.HiddenLayers.Select(l => fantasy[l].Like(rows, fantasy[l].Columns))];
        fast = fastLearningRate > 0 ? new FastWeights(model, fastLearningRate, fastDecay) : null;
    }
}
