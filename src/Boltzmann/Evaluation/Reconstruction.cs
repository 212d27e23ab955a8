namespace Boltzmann;

/// <summary>
/// How well visible rows come back from the hidden layers. Cheap to follow during training, but no measure of fit: it falls also when the
/// model mixes badly (Hinton 2010, section 5). In double precision.
/// </summary>
public static class Reconstruction
{
    /// <summary>
    /// Mean over units of (v − E[v | μ])², for each row, without randomness: μ are the means of all other layers given the row, E[h|v] in an RBM and mean-field ones where hidden
    /// layers are joined.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score SquaredError(EnergyModel model, Matrix data)
    {
        var inference = new MeanField();
        return Measure(model, data, (target, state, rows, errors) =>
        {
            inference.Infer(target, state, Others(target));
            SetMean(target, state);
            AddSquaredErrors(rows, state[0], errors);
        });
    }

    /// <summary>Mean over units of (v − E[v|h])² after <paramref name="steps"/> steps of Gibbs sampling: h ~ p(h|v), then (v ~ p(v|h), h ~ p(h|v)) steps − 1 times.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="steps">1 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or steps is below 1.</exception>
    public static Score EstimateSquaredError(Rbm rbm, Matrix data, int steps, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Measure(rbm, data, (target, state, rows, errors) =>
        {
            for (int s = 0; s < steps; s++)
            {
                if (s > 0) Gibbs.Draw(target, state, 0, rng);
                Gibbs.Draw(target, state, 1, rng);
            }
            SetMean(target, state);
            AddSquaredErrors(rows, state[0], errors);
        });
    }

    /// <summary>
    /// −log p(v | μ) of each row, in nats, μ as in <see cref="SquaredError"/>: the error in the metric of the units. Cross-entropy for Bernoulli, spin and multinomial
    /// units, squared error times γ/2 (and a constant) for Gaussian ones.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score CrossEntropy(EnergyModel model, Matrix data)
    {
        var inference = new MeanField();
        return Measure(model, data, (target, state, rows, errors) =>
        {
            inference.Infer(target, state, Others(target));
            target.SetInputs(state, 0, state.Inputs(0));
            target.Layers[0].AddEnergy(rows, errors);
            errors.AddRowSums(state.Inputs(0), rows, -1);
            target.Layers[0].AddLogNormalizer(state.Inputs(0), errors);
        });
    }

    static int[] Others(EnergyModel model) => [.. Enumerable.Range(1, model.Layers.Count - 1)];

    static void SetMean(EnergyModel model, State state)
    {
        model.SetInputs(state, 0, state.Inputs(0));
        model.Layers[0].SetMean(state.Inputs(0), state[0]);
    }

    static void AddSquaredErrors(Matrix rows, Matrix reconstruction, Matrix errors)
    {
        reconstruction.SetSum(rows, 1, reconstruction, -1);
        errors.AddRowSums(reconstruction, reconstruction, 1.0 / rows.Columns);
    }

    static Score Measure(EnergyModel model, Matrix data, Action<EnergyModel, State, Matrix, Matrix> addErrors)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var values = new double[data.Rows];
        State? all = null;
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, target.Layers[0].Units))
        {
            State state = (all ??= new State(target, rows.Rows)).First(rows.Rows);
            state[0].SetCopy(rows);
            var errors = rows.Like(rows.Rows, 1);
            addErrors(target, state, rows, errors);
            errors.ReadColumn(0).CopyTo(values, first);
        }
        return new(values);
    }
}
