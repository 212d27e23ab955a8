namespace Boltzmann.Training;

/// <summary>
/// The gradient of the pseudo-likelihood, the mean over rows of Σ_i log p(v_i | v_−i) (Besag 1975; for Boltzmann machines Hyvärinen 2006).
/// It needs neither chains nor log Z and has no noise but that of the batch; where the data are the distribution of a machine it is 0 at
/// that machine. Its maximum is not that of the likelihood otherwise.
/// </summary>
/// <remarks>
/// With ṽ the row whose unit i has its other value and F the free energy of the visible units, p(v_i | v_−i) = σ(F(ṽ) − F(v)), and the
/// slope is (1 − p)·(∂F(ṽ) − ∂F(v)). Without hidden units that is (v_i − E[v_i | v_−i])·v_j for the weight between i and j, and as much
/// again from unit j: one product with the weights gives all conditionals of a batch. One-hot blocks are units of several other values,
/// E[v_i | v_−i] their softmax (Ekeberg et al. 2013, for Potts machines), and clamped labels one more such unit (<see
/// cref="PseudoLikelihood"/> sums labels out). With hidden layers, independent given the visible ones, rows are flipped unit by unit: V
/// times the cost of a free energy without its product. That form is for small machines: it allocates at every step and keeps a V × V
/// matrix. Grey values of Bernoulli units are compared with their reflection 1 − v, as there, and blocks that are not one-hot with their
/// rotations, which takes the slow form.
/// </remarks>
public sealed class PseudoLikelihoodGradient : IGradientEstimator
{
    EnergyModel? owner;
    BatchScratch[] errorScratch = [];
    Matrix[] errors = [], zeros = [], ends = [];
    bool hasProduct;
    FlippedUnits? flipped;

    /// <inheritdoc/>
    public string Name => "pl";

    /// <summary>Has no meaning here: there is no chain.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Nothing.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <summary>
    /// What keeps a machine from being taught so, in a few words: hidden layers joined to each other, visible units whose values cannot be
    /// listed. Null if nothing does.
    /// </summary>
    /// <param name="model">The machine that would learn.</param>
    public static string? Complaint(EnergyModel model)
    {
        foreach (int l in model.VisibleLayers)
            if (model.Layers[l].ColumnsPerUnit == 0) return "pseudo-likelihood needs visible units whose values can be listed (bernoulli, "
                + $"spin, one-hot multinomial), but these are {model.Layers[l]}";
        if (model.AreIndependent(model.HiddenLayers))
            return model.Interactions.FirstOrDefault(i => i.Layers.Any(model.HiddenLayers.Contains)
                && i is not Dense) is not Interaction other ? null
                : $"pseudo-likelihood sums out hidden units that dense weights join to the visible ones, but {other.Name} is not of this "
                + "kind";
        return "pseudo-likelihood sums hidden units out in closed form, but the hidden units here "
            + $"({string.Join(", ", model.HiddenLayers.Select(l => model.Layers[l]))}) are joined to each other";
    }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The machine has a <see cref="Complaint"/>.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        if (owner != model) Allocate(model);
        State data = batch.State;
        for (int i = 0; i < errors.Length; i++) errors[i] = errorScratch[i].Like(data[model.VisibleLayers[i]]);
        gradient.SetPositive(batch);
        if (hasProduct && AreOneHot(data))
            for (int i = 0; i < errors.Length; i++) SetErrors(data, i, batch.RowWeights);
        else (flipped ??= new FlippedUnits(model)).Add(batch, gradient, errors);
        AddVisible(data, gradient, 1 / batch.TotalWeight);
    }

    // Of numbers from 0 to 1 only 0 and 1 are their squares.
    bool AreOneHot(State data)
    {
        for (int i = 0; i < errors.Length; i++)
        {
            int layer = owner!.VisibleLayers[i];
            if (owner.Layers[layer].Pair is null && data[layer].Summarize() is Summary sums && sums.Sum != sums.SumOfSquares) return false;
        }
        return true;
    }

    // e = d·σ(−d·(I + b)), d = v − ṽ: v less its mean, where v is one of the two values; v less its mean of blocks.
    void SetErrors(State data, int place, Matrix? rowWeights)
    {
        int layer = owner!.VisibleLayers[place];
        Layer units = owner.Layers[layer];
        Matrix inputs = data.Inputs(layer), error = errors[place];
        owner.SetInputs(data, layer, inputs);
        if (units.Pair is null)
        {
            units.SetMean(inputs, error, data.Workspace);
            error.SetSum(data[layer], 1, error, -1);
        }
        else
        {
            inputs.SetSum(inputs, -1, units.Bias, -1);
            error.SetSum(data[layer], 2, ends[place], -1);
            inputs.SetScaled(inputs, error);
            inputs.SetTwoStateMean(inputs, zeros[place], 0, 1);
            error.SetScaled(error, inputs);
        }
        if (rowWeights is not null) error.SetScaled(error, rowWeights);
        if (data.Free(layer) is Matrix free) error.SetScaled(error, free);
    }

    // A weight between visible units serves the conditional of either end.
    void AddVisible(State data, Gradient gradient, double scale)
    {
        for (int i = 0; i < errors.Length; i++) gradient.AddMoments(owner!.VisibleLayers[i], errors[i], null, null, scale);
        LayerSet given = LayerSet.Of(owner!.HiddenLayers).Others;
        for (int k = 0; k < owner.Interactions.Count; k++)
            for (int i = 0; i < errors.Length; i++)
                if (owner.Interactions[k].Joins(owner.VisibleLayers[i]) && given.Contains(owner.Interactions[k].LayerSet))
                    owner.Interactions[k].AddInputMoments(data, owner.VisibleLayers[i], errors[i], scale, gradient.Of(k));
    }

    void Allocate(EnergyModel model)
    {
        if (Complaint(model) is string complaint) throw new BadInputException(complaint);
        owner = model;
        Layer[] visible = [.. model.VisibleLayers.Select(l => model.Layers[l])];
        errorScratch = [.. visible.Select(_ => new BatchScratch())];
        errors = new Matrix[visible.Length];
        hasProduct = model.HiddenLayers.Count == 0 && visible.All(layer => layer.CanBeJoined);
        flipped = null;
        if (!hasProduct) return;
        zeros = [.. visible.Select(layer => layer.Bias.Like(1, layer.Units))];
        ends = [.. visible.Select(layer => Matrix.Row(1, layer.Values.Minimum + layer.Values.Maximum, model.Placement))];
    }
}
