namespace Boltzmann;

/// <summary>
/// The exact gradient of the log-likelihood, its negative phase by enumeration (<see cref="Exact.Moments"/>), and its positive one too where hidden layers are joined: for machines small enough to
/// enumerate, and as the measure of the other estimators.
/// </summary>
public sealed class ExactGradient : IGradientEstimator
{
    readonly List<Matrix> identities = [];

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
        if (model.AreIndependent(model.HiddenLayers)) PositivePhase.AddExact(model, batch, gradient);
        else AddPosterior(model, batch, gradient);
        IReadOnlyList<Matrix> moments = Exact.Moments(model);
        int connection = 0;
        for (int i = 0; i < moments.Count; i++)
        {
            Matrix expected = moments[i].Clone(model.Placement.Precision);
            // ⟨v·hᵀ⟩ is not a product of few rows; as the factor Iᵀ·⟨v·hᵀ⟩ it takes the same way as the others.
            if (model.Parameters[i].IsWeight) gradient.AddFactor(connection++, new Factor(Identity(expected), expected, -1));
            else gradient.Dense(i).SetSum(gradient.Dense(i), 1, expected, -1);
        }
    }

    // Where hidden layers are joined, the positive phase too is a sum over states: those of the hidden layers given each row.
    void AddPosterior(EnergyModel model, in Batch batch, Gradient gradient)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var state = new State(target, batch.State.Rows);
        foreach (int l in model.VisibleLayers) state[l].SetCopy(batch.State[l]);
        IReadOnlyList<int> hidden = model.HiddenLayers;
        var posterior = new Posterior(target, hidden);
        Connection[] among = [.. model.Connections.Where(c => hidden.Contains(c.Lower) && hidden.Contains(c.Upper))];
        double[]? weights = batch.RowWeights?.ReadColumn(0);
        Matrix[]? sums = null;
        for (int r = 0; r < state.Rows; r++)
        {
            IReadOnlyList<Matrix> moments = posterior.Moments(state, r);
            sums ??= [.. moments.Select(m => m.Like(m.Rows, m.Columns))];
            for (int k = 0; k < sums.Length; k++) sums[k].SetSum(sums[k], 1, moments[k], (weights?[r] ?? 1) / batch.TotalWeight);
            for (int i = 0, k = 0; i < hidden.Count; k += model.Layers[hidden[i++]].Parameters.Count) batch.State[hidden[i]].RowRange(r, 1).SetCopy(moments[k]);
        }

        gradient.SetPositive(batch);
        foreach (int l in model.VisibleLayers) gradient.AddMoments(l, batch.State[l], null, batch.RowWeights, 1 / batch.TotalWeight);
        int next = 0;
        foreach (int l in hidden)
            foreach (Parameter p in model.Layers[l].Parameters)
                gradient.AddDense(p, sums![next++].Clone(model.Placement.Precision));
        for (int c = 0; c < model.Connections.Count; c++)
        {
            Connection connection = model.Connections[c];
            Matrix left = batch.State[connection.Lower], right = batch.State[connection.Upper];
            if (Array.IndexOf(among, connection) is >= 0 and int place)
            {
                Matrix expected = sums![next + place].Clone(model.Placement.Precision);
                gradient.AddFactor(c, new Factor(Identity(expected), expected, 1));
                continue;
            }
            if (connection.Edges is not null)
            {
                gradient.AddEdgeMoments(c, left, right, batch.RowWeights, 1 / batch.TotalWeight);
                continue;
            }
            if (batch.RowWeights is not null)
            {
                Matrix weighted = right.Like(right.Rows, right.Columns);
                weighted.SetScaled(right, batch.RowWeights);
                right = weighted;
            }
            gradient.AddFactor(c, new Factor(left, right, 1 / batch.TotalWeight));
        }
    }

    // Factors are read when the gradient is used, so every size has its own.
    Matrix Identity(Matrix like)
    {
        Matrix? known = identities.Find(m => m.Rows == like.Rows && m.Placement == like.Placement);
        if (known is not null) return known;
        Matrix identity = like.Like(like.Rows, like.Rows);
        for (int i = 0; i < like.Rows; i++) identity[i, i] = 1;
        identities.Add(identity);
        return identity;
    }
}
