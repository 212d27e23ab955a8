using System.Runtime.InteropServices;

namespace Boltzmann.Evaluation;

/// <summary>
/// Pseudo-likelihood of visible units given all others, Σ_i log p(v_i | v_−i) (Besag 1975): a measure of fit that needs no partition
/// function. A unit is a column of two-valued units or a block of one-hot ones; with v^(i,a) the row whose unit i takes its a-th other
/// value, log p(v_i | v_−i) = −log(1 + Σ_a exp(F(v) − F(v^(i,a)))), which for two values is log σ(F(ṽ) − F(v)). In nats per row, in double
/// precision.
/// </summary>
/// <remarks>
/// Hidden units, if there are any, are summed out of F: in closed form where they are independent given the row, else by enumeration, which
/// only small machines allow. Grey values of Bernoulli units are compared with their reflection 1 − v. The free energies are those of each
/// row: averages over a batch inside the logistic, as some programs have it, give another number.
/// </remarks>
public static class PseudoLikelihood
{
    const long MaximumHiddenStates = 4096;

    /// <summary>
    /// The sum over all units, for each row. Costs as much as one free energy per row, unit and other value, where hidden layers are
    /// independent without the products.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="BadInputException">The values of a visible unit cannot be listed (continuous units, several draws), or hidden
    /// layers are joined and have more than 4096 states.</exception>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score PerRow(EnergyModel model, Matrix data) => new(Sums(FreeEnergy.InDouble(model), data, null));

    /// <summary>
    /// The sum over the units of a row that are there, NaN standing for missing ones: given the others of the row's machine where those are
    /// absent, given the known ones, the rest summed out by enumeration, where they are unknown.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="missing">Whether missing units are absent from their row's machine, or unknown.</param>
    /// <inheritdoc cref="PerRow(EnergyModel, Matrix)"/>
    public static Score PerRow(EnergyModel model, Matrix data, MissingValues missing)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        return new(missing == MissingValues.Unknown ? OfKnown(target, data)
            : Sums(target, ObservedRows.Split(target, data, out Matrix present), present));
    }

    static double[] Sums(EnergyModel target, Matrix data, Matrix? present)
    {
        RequireListed(target);
        bool isIndependent = AreOthersIndependent(target);
        var totals = new double[data.Rows];
        foreach (var (first, state) in FreeEnergy.States(target, data, chunkRows: 256))
        {
            Span<double> sums = totals.AsSpan(first, state.Rows);
            double[]? before = isIndependent ? null : FreeEnergy.OfStates(target, state);
            double[,]? isThere = present?.RowRange(first, state.Rows).ToArray();
            int column = 0;
            foreach (int l in target.ModelledRowLayers)
            {
                if (isThere is null && HasSoftmaxes(target, state, l)) AddSoftmaxes(target, state, l, sums);
                else AddLayer(target, state, l, before is null ? Changes(target, state, l) : ByFreeEnergy(target, state, l, before), sums,
                    isThere, column);
                column += target.Layers[l].Units;
            }
        }
        return totals;
    }

    // From free energies of the known part, the unknown units and the hidden ones summed out of each.
    static double[] OfKnown(EnergyModel target, Matrix data)
    {
        RequireListed(target);
        double[] before = ObservedRows.FreeEnergies(target, data, MissingValues.Unknown), sums = new double[data.Rows];
        int column = 0;
        foreach (int l in target.ModelledRowLayers)
        {
            Layer visible = target.Layers[l];
            for (int unit = column; unit < column + visible.Units; unit += visible.ColumnsPerUnit)
            {
                var odds = new double[data.Rows];
                Array.Fill(odds, double.NegativeInfinity);
                for (int alternative = 1; alternative <= visible.Alternatives; alternative++)
                {
                    Matrix changed = data.Clone();
                    for (int r = 0; r < data.Rows; r++)
                    {
                        double[] row = data.ReadRow(r);
                        if (double.IsNaN(row[unit])) continue;
                        visible.SetAlternative(alternative, row.AsSpan(unit, visible.ColumnsPerUnit));
                        changed.WriteRow(r, row);
                    }
                    double[] other = ObservedRows.FreeEnergies(target, changed, MissingValues.Unknown);
                    for (int r = 0; r < odds.Length; r++) odds[r] = Scalar.LogSumExp([odds[r], before[r] - other[r]]);
                }
                for (int r = 0; r < odds.Length; r++)
                    if (!double.IsNaN(data[r, unit])) sums[r] -= Scalar.Softplus(odds[r]);
            }
            column += visible.Units;
        }
        return sums;
    }

    /// <summary>
    /// The stochastic form: one random unit i of each of the D units changes, D·log p(v_i | v_−i). Its mean over i is
    /// <see cref="PerRow(EnergyModel, Matrix)"/>, for one or two products with the weights.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="rng">Picks the units.</param>
    /// <inheritdoc cref="PerRow(EnergyModel, Matrix)"/>
    public static Score Estimate(EnergyModel model, Matrix data, Rng rng)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        RequireListed(target);
        _ = AreOthersIndependent(target);
        int[] layers = [.. target.ModelledRowLayers],
            units = [.. layers.Select(l => target.Layers[l].Units / target.Layers[l].ColumnsPerUnit)];
        int all = units.Sum(), alternatives = layers.Max(l => target.Layers[l].Alternatives);
        double[] values = new double[data.Rows], row = new double[target.RowColumns];
        Draw draw = rng.NextDraw();
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, target.RowColumns))
        {
            double[] free = FreeEnergy.Of(target, rows), odds = new double[rows.Rows];
            Array.Fill(odds, double.NegativeInfinity);
            Matrix changed = rows.Like(rows.Rows, rows.Columns);
            var has = new bool[rows.Rows];
            for (int alternative = 1; alternative <= alternatives; alternative++)
            {
                for (int r = 0; r < rows.Rows; r++)
                {
                    rows.ReadRow(r, row);
                    int unit = (int)(Philox.Uniform(draw, first + r, 0) * (double)all), place = 0, column = 0;
                    while (unit >= units[place])
                    {
                        unit -= units[place];
                        column += target.Layers[layers[place++]].Units;
                    }
                    Layer layer = target.Layers[layers[place]];
                    has[r] = alternative <= layer.Alternatives;
                    if (has[r]) layer.SetAlternative(alternative, row.AsSpan(column + unit * layer.ColumnsPerUnit, layer.ColumnsPerUnit));
                    changed.WriteRow(r, row);
                }
                double[] other = FreeEnergy.Of(target, changed);
                for (int r = 0; r < odds.Length; r++)
                    if (has[r])
                        odds[r] = double.IsNegativeInfinity(odds[r]) ? free[r] - other[r] : Scalar.LogSumExp([odds[r], free[r] - other[r]]);
            }
            for (int r = 0; r < odds.Length; r++)
                values[first + r] = double.IsNegativeInfinity(odds[r]) ? 0 : -all * Scalar.Softplus(odds[r]);
        }
        return new(values);
    }

    // One-hot blocks that no hidden layer is joined to: all their conditionals follow from one product with the weights.
    static bool HasSoftmaxes(EnergyModel model, State state, int layer)
    {
        if (model.Layers[layer] is not { CanBeJoined: true, ColumnsPerUnit: > 1 }) return false;
        LayerSet rowSet = LayerSet.Of(model.RowLayers);
        return model.Interactions.All(i => !i.Joins(layer) || rowSet.Contains(i.LayerSet))
            && state[layer].Summarize() is Summary values && values.Sum == values.SumOfSquares;
    }

    // Σ_blocks v·y − log Σ_c e^{y_c}.
    static void AddSoftmaxes(EnergyModel model, State state, int layer, Span<double> sums)
    {
        Matrix own = state[layer].Like(state.Rows, state[layer].Columns), logs = state[layer].Like(state.Rows, 1);
        model.SetInputs(state, layer, own, LayerSet.Of(model.RowLayers), LayerSet.None, 0);
        model.Layers[layer].AddLogNormalizer(own, logs, -1);
        own.SetSum(own, 1, model.Layers[layer].Bias);
        logs.AddRowSums(own, state[layer]);
        double[] values = logs.ReadColumn(0);
        for (int r = 0; r < values.Length; r++) sums[r] += values[r];
    }

    // Of the units that are there: 1 in the columns of all rows from the layer's first one on.
    static void AddLayer(EnergyModel model, State state, int layer, Func<Matrix, int, double[]> change, Span<double> sums,
        double[,]? isThere, int firstColumn)
    {
        Layer visible = model.Layers[layer];
        int columns = visible.ColumnsPerUnit;
        if (visible.Alternatives == 0) return;
        double[,] values = state[layer].ToArray(), delta = new double[columns, state.Rows];
        double[] value = new double[columns];
        Matrix deltas = state[layer].Like(columns, state.Rows);
        for (int unit = 0; unit < visible.Units; unit += columns)
        {
            var odds = new double[state.Rows];
            for (int alternative = 1; alternative <= visible.Alternatives; alternative++)
            {
                for (int r = 0; r < state.Rows; r++)
                {
                    for (int c = 0; c < columns; c++) value[c] = values[r, unit + c];
                    visible.SetAlternative(alternative, value);
                    for (int c = 0; c < columns; c++) delta[c, r] = value[c] - values[r, unit + c];
                }
                for (int c = 0; c < columns; c++) deltas.WriteRow(c, MemoryMarshal.CreateReadOnlySpan(ref delta[c, 0], state.Rows));
                double[] differences = change(deltas, unit);
                // log Σ_a exp(F − F_a), gathered over the alternatives.
                for (int r = 0; r < odds.Length; r++)
                    odds[r] = alternative == 1 ? differences[r] : Scalar.LogSumExp([odds[r], differences[r]]);
            }
            for (int r = 0; r < odds.Length; r++)
                if (isThere is null || isThere[r, firstColumn + unit] != 0) sums[r] -= Scalar.Softplus(odds[r]);
        }
    }

    // F(v) − F(v + δ) of rows in which one unit moves, from the inputs of all layers: δ·(b + vL) + Σ_l A_l(I_l + δW_l) − A_l(I_l); a unit
    // is not joined to itself.
    static Func<Matrix, int, double[]> Changes(EnergyModel model, State state, int layer)
    {
        int columns = model.Layers[layer].ColumnsPerUnit;
        LayerSet rowSet = LayerSet.Of(model.RowLayers);
        Matrix own = state[layer].Like(state.Rows, state[layer].Columns), logs = state[layer].Like(state.Rows, 1);
        model.SetInputs(state, layer, own, rowSet, LayerSet.None, 0);
        own.SetSum(own, 1, model.Layers[layer].Bias);
        double[,] ownInputs = own.ToArray();
        // Hidden layers, with the weights as rows of this layer's units.
        (int Layer, Matrix Weights)[] above = [.. model.Interactions.Where(i => i.Joins(layer)
            && !rowSet.Contains(i.LayerSet)).Cast<Dense>()
            .Select(d => d.Lower == layer ? (d.Upper, d.Weights) : (d.Lower, Transposed(d.Weights)))];
        Matrix[] fields = [.. above.Select(a => state[a.Layer].Like(state.Rows, state[a.Layer].Columns))];
        for (int i = 0; i < above.Length; i++)
        {
            model.SetInputs(state, above[i].Layer, fields[i], rowSet, LayerSet.None, 0);
            model.Layers[above[i].Layer].AddLogNormalizer(fields[i], logs);
        }
        double[] before = logs.ReadColumn(0);
        return (deltas, unit) =>
        {
            logs.Fill(0);
            for (int i = 0; i < above.Length; i++)
            {
                // Changing one unit changes the inputs above it by δ·W_unit: an outer product instead of a product with all of W.
                Matrix changed = state.Inputs(above[i].Layer);
                changed.SetCopy(fields[i]);
                changed.SetOuterProducts([new Factor(deltas, above[i].Weights.RowRange(unit, columns), model.Coupling)], keep: 1);
                model.Layers[above[i].Layer].AddLogNormalizer(changed, logs);
            }
            double[] differences = logs.ReadColumn(0);
            double[,] delta = deltas.ToArray();
            for (int r = 0; r < differences.Length; r++)
            {
                differences[r] -= before[r];
                for (int c = 0; c < columns; c++) differences[r] += delta[c, r] * ownInputs[r, unit + c];
            }
            return differences;
        };
    }

    static Func<Matrix, int, double[]> ByFreeEnergy(EnergyModel model, State state, int layer, double[] before)
    {
        var changed = new State(model, state.Rows);
        foreach (int l in model.RowLayers) changed[l].SetCopy(state[l]);
        return (deltas, unit) =>
        {
            double[,] delta = deltas.ToArray();
            var row = new double[state[layer].Columns];
            for (int r = 0; r < state.Rows; r++)
            {
                state[layer].ReadRow(r, row);
                for (int c = 0; c < deltas.Rows; c++) row[unit + c] += delta[c, r];
                changed[layer].WriteRow(r, row);
            }
            return [.. before.Zip(FreeEnergy.OfStates(model, changed), (f, g) => f - g)];
        };
    }

    static Matrix Transposed(Matrix weights)
    {
        double[,] values = weights.ToArray();
        var turned = new double[weights.Columns, weights.Rows];
        for (int i = 0; i < weights.Rows; i++)
            for (int j = 0; j < weights.Columns; j++) turned[j, i] = values[i, j];
        return Matrix.From(turned, weights.Placement);
    }

    // The label layer is summed out with the hidden ones. Refuses what could not be summed.
    static bool AreOthersIndependent(EnergyModel model)
    {
        int[] others = FreeEnergy.Unknown(model);
        if (model.AreIndependent(others)) return true;
        if (model is ClassificationRbm || EnumeratedLayers.Fewest(new ConditionalModel(model, others), MaximumHiddenStates) is not null)
            return false;
        throw new BadInputException("pseudo-likelihood sums the hidden units out, but the hidden units here "
            + $"({string.Join(", ", others.Select(l => model.Layers[l]))}) are joined to each other and have more than "
            + $"{MaximumHiddenStates} states; follow the bound on the likelihood instead");
    }

    static void RequireListed(EnergyModel model)
    {
        foreach (int l in model.ModelledRowLayers)
            if (model.Layers[l].ColumnsPerUnit == 0) throw new BadInputException("pseudo-likelihood needs visible units whose values can "
                + $"be listed (bernoulli, spin, one-hot multinomial), but these are {model.Layers[l]}");
    }
}
