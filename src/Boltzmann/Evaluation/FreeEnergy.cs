namespace Boltzmann;

/// <summary>Free energies of rows of data, F(v) = −log Σ_h e^{−E(v,h)}, in double precision and a chunk of rows at a time.</summary>
public static class FreeEnergy
{
    /// <summary>F of each row, in nats.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score PerRow(Rbm rbm, Matrix data) => new(Of(LayerPair.From(rbm), data));

    /// <summary>log p(v) = −F(v) − log Z of each row, in nats, from a log Z that is known or estimated.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="logPartition">log Z; an error in it shifts every row alike.</param>
    public static Score LogLikelihood(Rbm rbm, Matrix data, double logPartition)
    {
        double[] values = Of(LayerPair.From(rbm), data);
        for (int r = 0; r < values.Length; r++) values[r] = -values[r] - logPartition;
        return new(values);
    }

    /// <summary>
    /// Mean F(validation) − mean F(training): it grows when the model comes to prefer the rows it was trained on, without log Z
    /// (Hinton 2010, "A practical guide", section 6).
    /// </summary>
    /// <param name="rbm">The model.</param>
    /// <param name="training">Some rows the model learned from, best always the same ones.</param>
    /// <param name="validation">Rows it did not see.</param>
    /// <returns>The gap in nats and its standard error over rows.</returns>
    public static (double Value, double StandardError) EstimateGap(Rbm rbm, Matrix training, Matrix validation)
    {
        LayerPair pair = LayerPair.From(rbm);
        Score seen = new(Of(pair, training)), unseen = new(Of(pair, validation));
        return (unseen.Mean - seen.Mean, Math.Sqrt(seen.StandardError * seen.StandardError + unseen.StandardError * unseen.StandardError));
    }

    internal static double[] Of(LayerPair pair, Matrix data)
    {
        var values = new double[data.Rows];
        foreach (var (first, rows) in DoubleChunks(data, pair[0].Units))
        {
            Matrix inputs = rows.Like(rows.Rows, pair[1].Units), energies = rows.Like(rows.Rows, 1);
            pair.SetInputs(1, rows, inputs);
            pair[0].AddEnergy(rows, energies);
            pair[1].AddLogNormalizer(inputs, energies, -1);
            for (int r = 0; r < rows.Rows; r++) energies.ReadRow(r, values.AsSpan(first + r, 1));
        }
        return values;
    }

    /// <summary>A copy in double precision, so that a model that learns on does not disturb a number in the making.</summary>
    /// <exception cref="BadInputException">A parameter is not finite.</exception>
    internal static EnergyModel InDouble(EnergyModel model)
    {
        foreach (Parameter p in model.Parameters)
            if (p.Value.Summarize().NonFinite is > 0 and long count)
                throw new BadInputException($"{count} of the numbers in {p.Name} {p.Value.Shape} are not finite, so the model has no likelihood");
        return model.Clone(model.Placement.Double);
    }

    /// <summary>The rows in double precision, some at a time; the matrix is used again for the next ones.</summary>
    internal static IEnumerable<(int First, Matrix Rows)> DoubleChunks(Matrix data, int units, int chunkRows = 1024)
    {
        if (data.Columns != units) throw new ArgumentException($"the model has {units} visible units, but the data have {data.Columns} columns");
        var chunk = new Matrix(Math.Min(chunkRows, data.Rows), data.Columns, data.Placement.Double);
        for (int first = 0; first < data.Rows; first += chunk.Rows)
        {
            int rows = Math.Min(chunk.Rows, data.Rows - first);
            Matrix part = chunk.RowRange(0, rows);
            part.SetCopy(data.RowRange(first, rows));
            yield return (first, part);
        }
    }
}
