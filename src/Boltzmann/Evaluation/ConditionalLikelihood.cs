namespace Boltzmann;

/// <summary>
/// log p(unknown units | known units), such as of the right half of a picture given the left, by annealed importance sampling of the free units with the known ones clamped (Neal 2001):
/// log p(v) − log Z cancels the partition function, log p(u | k) = log Σ_h e^{−E(k,u,h)} − log Σ_{u,h} e^{−E(k,u,h)}.
/// </summary>
/// <remarks>
/// Each sum is estimated by chains of its own for each row, all in double precision; every layer of the odd side (<see cref="EnergyModel.Sides"/>) is summed out of the weights. The first sum is exact where hidden layers are not joined.
/// The logarithm of an unbiased mean is on average too small, so log p(u | k) comes out too high where the second sum is not known well; where hidden layers are joined, the first errs the other way. More betas make both small.
/// </remarks>
public static class ConditionalLikelihood
{
    // Rows × chains at a time.
    const int MostChains = 2000;

    /// <summary>log p(unknown | known) of each row, in nats.</summary>
    /// <param name="model">A machine of layers with two sides and two-valued visible units.</param>
    /// <param name="rows">[N × visible units], all of them, with values that the units can take.</param>
    /// <param name="known">1 for known units, 0 for those whose probability is asked for: [1 × visible units].</param>
    /// <param name="settings">Chains are those of each row and each sum: 10 with 500 betas are a beginning. <see cref="Annealing.SummedOut"/> is not used.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or the machine is of another kind.</exception>
    public static Score Estimate(EnergyModel model, Matrix rows, Matrix known, Annealing settings, Rng rng, CancellationToken cancellation = default)
    {
        Matrix all = Matrix.Row(rows.Columns, 1, rows.Placement);
        // With independent hidden units given a whole row, a walk of one chain and one step is exact.
        Annealing ofRow = model.IsBipartite && model.VisibleLayers.Count == 1 ? settings with { Chains = 1, BetaList = [0, 1] } : settings;
        double[] joint = LogPartition(model, rows, all, ofRow, rng, cancellation), given = LogPartition(model, rows, known, settings, rng, cancellation);
        return new([.. joint.Zip(given, (j, g) => j - g)]);
    }

    /// <summary>log Σ e^{−E} over all units that are not known, with the others clamped, for each row and in nats: log p(known) + log Z. With none known it is log Z; with all, −F(v).</summary>
    /// <inheritdoc cref="Estimate"/>
    public static double[] LogPartition(EnergyModel model, Matrix rows, Matrix known, Annealing settings, Rng rng, CancellationToken cancellation = default)
    {
        if (rows.Columns != model.Layers[0].Units) throw new ArgumentException($"the model has {model.Layers[0].Units} visible units, but the rows have {rows.Columns} columns");
        if (known.Rows != 1 || known.Columns != rows.Columns) throw new ArgumentException($"rows are {rows.Shape}, but what is known of them {known.Shape}");
        if (model.Layers[0] is not TwoStateLayer) throw new ArgumentException($"this needs two-valued visible units, not {model.Layers[0].Kind} ones");
        LayerSides sides = model.Sides ?? throw new ArgumentException("this needs a machine whose layers have two sides, each independent given the other");
        if (settings.Chains < 1) throw new ArgumentException($"there must be at least one chain, not {settings.Chains}");
        double[] betas = settings.BetaValues();
        EnergyModel target = FreeEnergy.InDouble(model);
        IReadOnlyList<Layer> given = settings.Start ?? Annealing.Uniform(target);
        Layer[] start = [.. target.Layers.Select(l => l.Clone())];
        for (int l = 0; l < start.Length; l++) start[l].CopyFrom(given[l]);
        Matrix mask = known.Clone(Precision.Float64);

        var values = new double[rows.Rows];
        int rowsAtOnce = Math.Max(1, MostChains / settings.Chains);
        for (int first = 0; first < rows.Rows; first += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, rows.Rows - first);
            var repeated = new Matrix(count * settings.Chains, rows.Columns, target.Placement);
            for (int r = 0; r < repeated.Rows; r++) repeated.WriteRow(r, rows.ReadRow(first + r / settings.Chains));
            var walk = new AnnealedWalk(target, start, sides.Odd, settings.Sweeps, repeated.Rows);
            walk.ClampVisible(mask, repeated);
            walk.SampleStart(rng);
            double[] logs = walk.Walk(betas, rng, null, cancellation);
            for (int r = 0; r < count; r++)
                values[first + r] = LogStart(start, mask, rows.ReadRow(first + r)) + Scalar.LogSumExp(logs.AsSpan(r * settings.Chains, settings.Chains)) - Math.Log(settings.Chains);
        }
        return values;
    }

    // Without weights: known units have their potential alone, every other one its own sum.
    static double LogStart(Layer[] start, Matrix known, double[] row)
    {
        double low = ((TwoStateLayer)start[0]).Low, sum = 0;
        double[] isKnown = known.ReadRow(0), bias = start[0].Bias.ReadRow(0);
        for (int i = 0; i < row.Length; i++) sum += isKnown[i] != 0 ? bias[i] * row[i] : Scalar.LogSumExp([low * bias[i], bias[i]]);
        foreach (Layer layer in start.Skip(1))
        {
            var value = new Matrix(1, 1, layer.Placement);
            layer.AddLogNormalizer(new Matrix(1, layer.Units, layer.Placement), value);
            sum += value[0, 0];
        }
        return sum;
    }
}
