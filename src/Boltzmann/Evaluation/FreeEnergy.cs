namespace Boltzmann;

/// <summary>
/// Free energies of rows of data, F(v) = −log Σ_h e^{−E(v,h)}, in double precision and a chunk of rows at a time. In closed form where hidden layers are independent given
/// the visible ones; where they are joined by enumerating some of them, row by row, which only small machines allow: for others see <see cref="Elbo"/>.
/// </summary>
public static class FreeEnergy
{
    /// <summary>F of each row, in nats. Labels, where a model has them, are summed out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score PerRow(EnergyModel model, Matrix data) => new(Of(InDouble(model), data));

    /// <summary>F of each row together with its class, in nats.</summary>
    /// <param name="model">A model with labels.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="labels">A class for each row.</param>
    /// <exception cref="ArgumentException">The model has no labels, or data and labels do not fit it.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score PerRow(EnergyModel model, Matrix data, IReadOnlyList<int> labels) => new(Of(InDouble(model), data, OneHot.RequireClasses(model, data, labels)));

    /// <summary>log p(v) = −F(v) − log Z of each row, in nats, from a log Z that is known or estimated.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="logPartition">log Z; an error in it shifts every row alike.</param>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score LogLikelihood(EnergyModel model, Matrix data, double logPartition) => new([.. PerRow(model, data).PerRow.Select(f => -f - logPartition)]);

    /// <summary>
    /// Mean F(validation) − mean F(training): it grows when the model comes to prefer the rows it was trained on, without log Z
    /// (Hinton 2010, "A practical guide", section 6).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="training">Some rows the model learned from, best always the same ones.</param>
    /// <param name="validation">Rows it did not see.</param>
    /// <returns>The gap in nats and its standard error over rows.</returns>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static (double Value, double StandardError) EstimateGap(EnergyModel model, Matrix training, Matrix validation)
    {
        EnergyModel target = InDouble(model);
        Score seen = new(Of(target, training)), unseen = new(Of(target, validation));
        return (unseen.Mean - seen.Mean, Math.Sqrt(seen.StandardError * seen.StandardError + unseen.StandardError * unseen.StandardError));
    }

    /// <summary>F of each row.</summary>
    /// <param name="model">In double precision.</param>
    /// <param name="data">Rows.</param>
    /// <param name="labels">Their classes; null to sum over them.</param>
    /// <param name="cancellation">Checked from row to row where layers are enumerated.</param>
    internal static double[] Of(EnergyModel model, Matrix data, int[]? labels = null, CancellationToken cancellation = default)
    {
        int? labelLayer = labels is null ? null : model.LabelLayer;
        int[] free = [.. Enumerable.Range(1, model.Layers.Count - 1).Where(l => l != labelLayer)];
        uint given = EnergyModel.AllLayers;
        foreach (int l in free) given &= ~(1u << l);
        Posterior? posterior = model.AreIndependent(free) || (model is ClassificationRbm && labels is null) ? null : new(model, free);
        var values = new double[data.Rows];
        State? all = null;
        foreach (var (first, rows) in DoubleChunks(data, model.Layers[0].Units))
        {
            State state = (all ??= new State(model, rows.Rows)).First(rows.Rows);
            state[0].SetCopy(rows);
            if (labelLayer is int layer) OneHot.Set(state[layer], labels.AsSpan(first, rows.Rows));
            if (posterior is not null)
            {
                for (int r = 0; r < rows.Rows; r++) values[first + r] = -posterior.LogPartition(state, r, cancellation);
                continue;
            }
            // Its classes are few and not joined to the rows, so they need no enumeration row by row.
            if (model is ClassificationRbm classifier && labels is null)
            {
                classifier.FreeEnergy(rows).CopyTo(values, first);
                continue;
            }
            Matrix energies = rows.Like(rows.Rows, 1);
            for (int l = 0; l < model.Layers.Count; l++)
                if ((given >> l & 1) != 0) model.Layers[l].AddEnergy(state[l], energies);
            model.AddCouplingEnergy(state, energies, 1, given);
            foreach (int l in free)
            {
                model.SetInputs(state, l, state.Inputs(l));
                model.Layers[l].AddLogNormalizer(state.Inputs(l), energies, -1);
            }
            energies.ReadColumn(0).CopyTo(values, first);
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
