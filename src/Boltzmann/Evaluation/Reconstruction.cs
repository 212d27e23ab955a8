namespace Boltzmann;

/// <summary>
/// How well visible rows come back from the hidden layer. Cheap to follow during training, but no measure of fit: it falls also when the
/// model mixes badly (Hinton 2010, section 5). In double precision.
/// </summary>
public static class Reconstruction
{
    /// <summary>Mean over units of (v − E[v | E[h|v]])², for each row: mean-field, without randomness.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score SquaredError(Rbm rbm, Matrix data) => Measure(rbm, data, (pair, rows, errors) =>
    {
        Matrix hidden = MeanFieldHidden(pair, rows), inputs = rows.Like(rows.Rows, rows.Columns), mean = rows.Like(rows.Rows, rows.Columns);
        pair.SetInputs(0, hidden, inputs);
        pair[0].SetMean(inputs, mean);
        AddSquaredErrors(rows, mean, errors);
    });

    /// <summary>Mean over units of (v − E[v|h])² after <paramref name="steps"/> steps of Gibbs sampling: h ~ p(h|v), then (v ~ p(v|h), h ~ p(h|v)) steps − 1 times.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="steps">1 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or steps is below 1.</exception>
    public static Score EstimateSquaredError(Rbm rbm, Matrix data, int steps, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Measure(rbm, data, (pair, rows, errors) =>
        {
            Matrix visible = rows.Like(rows.Rows, rows.Columns), inputs = rows.Like(rows.Rows, rows.Columns);
            Matrix hidden = rows.Like(rows.Rows, pair[1].Units), hiddenInputs = rows.Like(rows.Rows, pair[1].Units);
            visible.SetCopy(rows);
            for (int s = 0; s < steps; s++)
            {
                if (s > 0) pair[0].Sample(inputs, visible, rng);
                pair.SetInputs(1, visible, hiddenInputs);
                pair[1].Sample(hiddenInputs, hidden, rng);
                pair.SetInputs(0, hidden, inputs);
            }
            pair[0].SetMean(inputs, visible);
            AddSquaredErrors(rows, visible, errors);
        });
    }

    /// <summary>
    /// −log p(v | h = E[h|v]) of each row, in nats: the error in the metric of the units. Cross-entropy for Bernoulli, spin and multinomial
    /// units, squared error times γ/2 (and a constant) for Gaussian ones.
    /// </summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score CrossEntropy(Rbm rbm, Matrix data) => Measure(rbm, data, (pair, rows, errors) =>
    {
        Matrix hidden = MeanFieldHidden(pair, rows), inputs = rows.Like(rows.Rows, rows.Columns);
        pair.SetInputs(0, hidden, inputs);
        pair[0].AddEnergy(rows, errors);
        errors.AddRowSums(inputs, rows, -1);
        pair[0].AddLogNormalizer(inputs, errors);
    });

    static Matrix MeanFieldHidden(LayerPair pair, Matrix visible)
    {
        Matrix inputs = visible.Like(visible.Rows, pair[1].Units), hidden = visible.Like(visible.Rows, pair[1].Units);
        pair.SetInputs(1, visible, inputs);
        pair[1].SetMean(inputs, hidden);
        return hidden;
    }

    static void AddSquaredErrors(Matrix rows, Matrix reconstruction, Matrix errors)
    {
        reconstruction.SetSum(rows, 1, reconstruction, -1);
        errors.AddRowSums(reconstruction, reconstruction, 1.0 / rows.Columns);
    }

    static Score Measure(Rbm rbm, Matrix data, Action<LayerPair, Matrix, Matrix> addErrors)
    {
        LayerPair pair = LayerPair.From(rbm);
        var values = new double[data.Rows];
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, pair[0].Units))
        {
            Matrix errors = rows.Like(rows.Rows, 1);
            addErrors(pair, rows, errors);
            for (int r = 0; r < rows.Rows; r++) errors.ReadRow(r, values.AsSpan(first + r, 1));
        }
        return new(values);
    }
}
