namespace Boltzmann.Evaluation;

/// <summary>
/// How well visible rows come back from the hidden layers. Cheap to follow during training, but no measure of fit: it falls also when the
/// model mixes badly (Hinton 2010, section 5). In double precision.
/// </summary>
public static class Reconstruction
{
    /// <summary>
    /// Mean over units of (v − E[v | μ])², for each row, without randomness: μ are the means of all other layers given the row, E[h|v] in
    /// an RBM and mean-field ones where hidden layers are joined.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score SquaredError(EnergyModel model, Matrix data)
    {
        var inference = new MeanField();
        return Measure(model, data, (target, state, errors) =>
        {
            inference.Infer(target, state, FreeEnergy.Unknown(target));
            SetInputs(target, state);
            foreach (int l in target.ModelledRowLayers)
            {
                Matrix mean = state[l].Like(state.Rows, state[l].Columns);
                target.UnitsOf(state, l).SetMean(state.Inputs(l), mean);
                AddSquaredErrors(state[l], mean, errors, target.RowColumns);
            }
        });
    }

    /// <summary>
    /// Mean over units of (v − E[v|h])² after <paramref name="steps"/> steps of Gibbs sampling: h ~ p(h|v), then (v ~ p(v|h), h ~ p(h|v))
    /// steps − 1 times.
    /// </summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="steps">1 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or steps is below 1.</exception>
    public static Score EstimateSquaredError(Rbm rbm, Matrix data, int steps, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Measure(rbm, data, (target, state, errors) =>
        {
            Matrix rows = state[0].Clone();
            for (int s = 0; s < steps; s++)
            {
                if (s > 0) Gibbs.Draw(target, state, 0, rng);
                Gibbs.Draw(target, state, 1, rng);
            }
            SetInputs(target, state);
            target.UnitsOf(state, 0).SetMean(state.Inputs(0), state[0]);
            AddSquaredErrors(rows, state[0], errors, rows.Columns);
        });
    }

    /// <summary>
    /// −log p(v | μ) of each row, in nats, μ as in <see cref="SquaredError"/>: the error in the metric of the units. Cross-entropy for
    /// Bernoulli, spin and multinomial units, squared error times γ/2 (and a constant) for Gaussian ones.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score CrossEntropy(EnergyModel model, Matrix data)
    {
        var inference = new MeanField();
        return Measure(model, data, (target, state, errors) =>
        {
            inference.Infer(target, state, FreeEnergy.Unknown(target));
            SetInputs(target, state);
            foreach (int l in target.ModelledRowLayers)
            {
                target.Layers[l].AddEnergy(state[l], errors);
                errors.AddRowSums(state.Inputs(l), state[l], -1);
                target.UnitsOf(state, l).AddLogNormalizer(state.Inputs(l), errors);
            }
        });
    }

    // What all visible layers hear, before any of them changes.
    static void SetInputs(EnergyModel model, State state)
    {
        foreach (int l in model.ModelledRowLayers) model.SetInputs(state, l, state.Inputs(l));
    }

    static void AddSquaredErrors(Matrix rows, Matrix reconstruction, Matrix errors, int columns)
    {
        reconstruction.SetSum(rows, 1, reconstruction, -1);
        errors.AddRowSums(reconstruction, reconstruction, 1.0 / columns);
    }

    static Score Measure(EnergyModel model, Matrix data, Action<EnergyModel, State, Matrix> addErrors)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var values = new double[data.Rows];
        foreach (var (first, state) in FreeEnergy.States(target, data))
        {
            var errors = state[0].Like(state.Rows, 1);
            addErrors(target, state, errors);
            errors.ReadColumn(0).CopyTo(values, first);
        }
        return new(values);
    }
}
