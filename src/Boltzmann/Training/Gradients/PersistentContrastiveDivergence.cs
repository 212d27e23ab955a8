namespace Boltzmann;

/// <summary>
/// PCD-k: the negative phase comes from chains that live on between updates (Tieleman 2008); with a fast learning rate, FPCD: the chains
/// follow weights W + W_fast, where W_fast learns quickly and decays, so that they leave the modes they sit in (Tieleman and Hinton 2009).
/// In machines with joined hidden layers the positive phase is variational (Salakhutdinov and Hinton 2009).
/// </summary>
/// <remarks>
/// Where the layers have two <see cref="EnergyModel.Sides"/>, a chain is carried on by the states of the odd one, the hidden layer of an
/// RBM: one update is k times (even ~ p(even|odd), odd ~ p(odd|even)), and statistics use the last even states and the means of the odd
/// side given them. Other machines take k sweeps and the states they end in.
/// </remarks>
/// <param name="chains">Number of chains; 0 for as many as the first batch has rows.</param>
/// <param name="steps">k.</param>
/// <param name="fastLearningRate">0 for plain PCD. For FPCD about the initial slow learning rate.</param>
/// <param name="fastDecay">What an update leaves of W_fast; 0.95 in the paper.</param>
/// <param name="inference">The positive phase of machines whose hidden layers are joined; null for the defaults of
/// <see cref="MeanField"/>.</param>
/// <param name="startAtNoise">Whether chains start at states drawn by the biases alone; at the first batch otherwise.</param>
public sealed class PersistentContrastiveDivergence(
    int chains = 0, int steps = 1, double fastLearningRate = 0, double fastDecay = 0.95, MeanField? inference = null,
        bool startAtNoise = false) : IGradientEstimator, IPersistentChains
{
    const string MemoryPrefix = "chains.";

    readonly int chains = chains >= 0 ? chains : throw new ArgumentOutOfRangeException(nameof(chains),
        $"the number of chains must be at least 1, or 0 for one per row of the batch, not {chains}");
    readonly double fastLearningRate = fastLearningRate >= 0 && double.IsFinite(fastLearningRate) ? fastLearningRate
        : throw new ArgumentOutOfRangeException(nameof(fastLearningRate),
            $"the fast learning rate must be finite and at least 0, not {fastLearningRate}");
    readonly double fastDecay = fastDecay is >= 0 and < 1 ? fastDecay
        : throw new ArgumentOutOfRangeException(nameof(fastDecay), $"the fast decay must be at least 0 and below 1, not {fastDecay}");

    // Between updates the odd side of the chains holds means; in the moving state, which shares the rest, it holds what was drawn.
    State? fantasy, moving;
    readonly ChainWeights weights = new();
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
    public State? Chains => fantasy;

    /// <inheritdoc/>
    public bool AreOfModel => fastLearningRate == 0;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => fantasy is null ? []
        :
        [
            .. Even(owner!).Select(l => (MemoryName(owner!, l), fantasy[l])),
            .. Odd(owner!).Select(l => (MemoryName(owner!, l), moving![l])),
            .. fast?.Memory ?? [],
        ];

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The two sides of the saved chains differ in number.</exception>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows)
    {
        if (!rows.Keys.Any(name => name.StartsWith(MemoryPrefix, StringComparison.Ordinal))) return;
        int count = rows.GetValueOrDefault(MemoryName(model, 0), -1);
        foreach (int l in model.Modelled)
            if (!rows.TryGetValue(MemoryName(model, l), out int others) || others != count)
                throw new BadInputException("the checkpoint's chains have not as many visible states as hidden ones");
        Allocate(model, count);
    }

    /// <summary>How the positive phase of machines with joined hidden layers is found.</summary>
    public MeanField Inference { get; } = inference ?? new();

    /// <inheritdoc/>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        PositivePhase.Add(model, batch, gradient, Inference);
        if (fantasy is null || owner != model) Start(model, batch.State, rng);
        PositivePhase.Condition(model, fantasy!, batch.State);

        EnergyModel sampler = model;
        if (fast is not null)
        {
            fast.Refresh();
            sampler = fast.Model;
        }
        if (model.Sides is LayerSides sides)
        {
            LayerSet means = LayerSet.None;
            for (int k = 1; k <= Steps; k++)
            {
                PositivePhase.Sample(sampler, moving!, sides.Even, rng);
                means = SampleOdd(sampler, sides, rng, withMeans: k == Steps);
            }
            weights.AddPhase(model, batch, fantasy!, means, gradient);
        }
        else
        {
            Gibbs.Sweep(sampler, fantasy!, Steps, rng);
            weights.AddPhase(model, batch, fantasy!, LayerSet.None, gradient);
        }
        fast?.Learn(gradient);
    }

    static IReadOnlyList<int> Even(EnergyModel model) => model.Sides?.Even ?? model.Blocks;

    static IReadOnlyList<int> Odd(EnergyModel model) => model.Sides?.Odd ?? [];

    static string MemoryName(EnergyModel model, int layer) =>
        MemoryPrefix + (layer == 0 ? "visible" : layer == model.LabelLayer ? "labels" : model.HiddenLayers.Count > 0
            && layer == model.HiddenLayers[0] ? "hidden" : $"{layer}");

    // Chains start at the first batch, as if its rows and the means that they have above had been sampled: better than noise, which needs a
    // long burn-in (Hinton's guide §4).
    void Start(EnergyModel model, State data, Rng rng)
    {
        Allocate(model, chains > 0 ? chains : data.Rows);
        fantasy!.DrawAs(data);
        if (startAtNoise) Gibbs.Start(model, fantasy!, rng);
        else
            for (int l = 0; l < model.Layers.Count; l++) State.CopyRows(data[l], fantasy![l]);
        if (model.Sides is LayerSides sides) _ = SampleOdd(model, sides, rng, withMeans: false);
    }

    // Draws the odd side; its means given the even one go to the chains' state, or, of a layer that is clamped in part and learns more than
    // a bias, its draws. Returns the layers that hold means.
    LayerSet SampleOdd(EnergyModel sampler, LayerSides sides, Rng rng, bool withMeans)
    {
        LayerSet means = LayerSet.None;
        for (int i = 0; i < sides.Odd.Count; i++)
        {
            int layer = sides.Odd[i];
            if (fantasy!.IsClamped(layer))
            {
                moving![layer].SetCopy(fantasy[layer]);
                continue;
            }
            bool takesMeans = withMeans && !(fantasy.IsClampedInPart(layer) && sampler.Layers[layer].Parameters.Count > 1);
            PositivePhase.SetUnits(sampler, moving!, layer, takesMeans ? fantasy[layer] : null, moving![layer], rng);
            if (takesMeans) means = means.With(layer);
            else if (withMeans) fantasy[layer].SetCopy(moving[layer]);
        }
        return means;
    }

    void Allocate(EnergyModel model, int rows)
    {
        owner = model;
        fantasy = new State(model, rows);
        moving = fantasy.WithOwn(Odd(model));
        fast = fastLearningRate > 0 ? new FastWeights(model, fastLearningRate, fastDecay) : null;
    }
}
