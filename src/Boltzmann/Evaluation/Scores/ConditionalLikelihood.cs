namespace Boltzmann.Evaluation;

/// <summary>
/// log p(unknown units | known units), such as of the right half of a picture given the left, by annealed importance sampling of the free
/// units with the known ones clamped (Neal 2001): log p(v) − log Z cancels the partition function, log p(u | k) = log Σ_h e^{−E(k,u,h)} −
/// log Σ_{u,h} e^{−E(k,u,h)}. The columns of a row v are those of all visible layers but the labels, side by side; labels, like hidden
/// units, are summed over.
/// </summary>
/// <remarks>
/// Each sum is estimated by chains of its own for each row, all in double precision. Layers that take no columns and are independent given
/// the rest are summed out of the weights: those of the odd side (<see cref="EnergyModel.Sides"/>) or, where it has none, of the even side;
/// without sides, the most units. The first sum is exact where hidden layers and labels are not joined. The logarithm of an unbiased mean
/// is on average too small, so log p(u | k) comes out too high where the second sum is not known well; where hidden layers are joined, the
/// first errs the other way. More betas make both small.
/// </remarks>
public static class ConditionalLikelihood
{
    // Rows × chains at a time.
    const int MostChains = 2000;

    /// <summary>log p(unknown | known) of each row, in nats.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">[N × <see cref="EnergyModel.RowColumns"/>], all of them, with values that the units can take.</param>
    /// <param name="known">1 for known units, 0 for those whose probability is asked for: [1 × <see cref="EnergyModel.RowColumns"/>]. Of a
    /// layer of units that have not two values, know all or none.</param>
    /// <param name="settings">Chains are those of each row and each sum: 10 with 500 betas are a beginning.
    /// <see cref="Annealing.SummedOut"/> is not used.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, the settings do not make a path, or a layer that is known in part has not
    /// two-valued units; the message says which.</exception>
    /// <exception cref="BadInputException">The model has parameters that are not finite.</exception>
    public static Score Estimate(EnergyModel model, Matrix rows, Matrix known, Annealing settings, Rng rng,
        CancellationToken cancellation = default)
    {
        double[] given = LogPartition(model, rows, known, settings, rng, cancellation);
        IEnumerable<double> joint = model.AreIndependent(FreeEnergy.Unknown(model))
            ? FreeEnergy.PerRow(model, rows).PerRow.Select(f => -f)
            : LogPartition(model, rows, Matrix.Row(rows.Columns, 1, rows.Placement), settings, rng, cancellation);
        return new([.. joint.Zip(given, (j, g) => j - g)]);
    }

    /// <summary>
    /// log Σ e^{−E} over all units that are not known, with the others clamped, for each row and in nats: log p(known) + log Z. With none
    /// known it is log Z; with all, −F(v).
    /// </summary>
    /// <inheritdoc cref="Estimate"/>
    public static double[] LogPartition(EnergyModel model, Matrix rows, Matrix known, Annealing settings, Rng rng,
        CancellationToken cancellation = default)
    {
        if (rows.Columns != model.RowColumns)
            throw new ArgumentException($"the model has {model.RowColumns} visible units, but the rows have {rows.Columns} columns");
        if (known.Rows != 1 || known.Columns != rows.Columns)
            throw new ArgumentException($"rows are {rows.Shape}, but what is known of them {known.Shape}");
        int chains = Annealing.Positive(settings.Chains, "chains"), sweeps = Annealing.Positive(settings.Sweeps, "sweeps");
        double[] betas = settings.BetaValues();
        EnergyModel target = FreeEnergy.InDouble(model);
        Layer[] start = settings.StartFor(target);
        RequireTwoValuesInPart(target, known);
        int[] summedOut = SummedOut(target);

        var values = new double[rows.Rows];
        int rowsAtOnce = Math.Max(1, MostChains / chains);
        for (int first = 0; first < rows.Rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows.Rows - first);
            var repeated = new Matrix(count * chains, rows.Columns, target.Placement);
            for (int r = 0; r < repeated.Rows; r++) repeated.WriteRow(r, rows.ReadRow(first + r / chains));
            var walk = new AnnealedWalk(target, start, summedOut, sweeps, repeated.Rows);
            walk.ClampRows(known, repeated);
            walk.SampleStart(rng);
            double[] logs = walk.Walk(betas, rng, null, cancellation);
            for (int r = 0; r < count; r++)
                values[first + r] = LogStart(target, start, known, rows.RowRange(first + r, 1))
                    + Scalar.LogSumExp(logs.AsSpan(r * chains, chains)) - Math.Log(chains);
        }
        return values;
    }

    static void RequireTwoValuesInPart(EnergyModel model, Matrix known)
    {
        foreach (var (layer, part) in model.DivideRows(known))
        {
            double[] isKnown = part.ReadRow(0);
            if (model.Layers[layer].Pair is null && isKnown.Distinct().Count() > 1)
                throw new ArgumentException($"only two-valued units can be known in part, but of the {model.Layers[layer]} units of layer "
                    + $"{layer} {isKnown.Count(k => k != 0)} are known");
        }
    }

    // Where known units are clamped a layer cannot be summed out.
    static int[] SummedOut(EnergyModel model)
    {
        if (model.Sides is not LayerSides sides)
            return AnnealedImportanceSampling.LargestIndependent(model, Enumerable.Range(0, model.Layers.Count).Except(model.RowLayers));
        int[] odd = [.. sides.Odd.Except(model.RowLayers)];
        return odd.Length > 0 ? odd : [.. sides.Even.Except(model.RowLayers)];
    }

    // Without weights: known units have their potential alone, every other one its own sum.
    static double LogStart(EnergyModel target, Layer[] start, Matrix known, Matrix row)
    {
        double sum = 0;
        foreach (int l in Enumerable.Range(0, start.Length).Except(target.RowLayers)) sum += LogNormalizer(start[l]);
        foreach (var ((l, part), (_, values)) in target.DivideRows(known).Zip(target.DivideRows(row)))
        {
            double[] isKnown = part.ReadRow(0), bias = start[l].Bias.ReadRow(0), x = values.ReadRow(0);
            if (isKnown.All(k => k == 0)) sum += LogNormalizer(start[l]);
            else if (start[l].Pair is (double low, double high))
                for (int i = 0; i < x.Length; i++) sum += isKnown[i] != 0 ? bias[i] * x[i]
                    : Scalar.LogSumExp([low * bias[i], high * bias[i]]);
            else
            {
                var energy = new Matrix(1, 1, target.Placement);
                start[l].AddEnergy(values, energy);
                sum -= energy[0, 0];
            }
        }
        return sum;
    }

    static double LogNormalizer(Layer layer)
    {
        var value = new Matrix(1, 1, layer.Placement);
        layer.AddLogNormalizer(new Matrix(1, layer.Units, layer.Placement), value);
        return value[0, 0];
    }
}
