using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// Pseudo-likelihood of visible units given all others, Σ_i log p(v_i | v_−i) (Besag 1975): a measure of fit that needs no partition function.
/// A unit is a column of two-valued units or a block of one-hot ones; with v^(i,a) the row whose unit i takes its a-th other value,
/// log p(v_i | v_−i) = −log(1 + Σ_a exp(F(v) − F(v^(i,a)))), which for two values is log σ(F(ṽ) − F(v)). In nats per row, in double precision.
/// </summary>
/// <remarks>
/// Hidden units, if there are any, are summed out of F: in closed form where they are independent given the row, else by enumeration, which only small machines allow.
/// Grey values of Bernoulli units are compared with their reflection 1 − v. The free energies are those of each row: averages over a batch
/// inside the logistic, as some programs have it, give another number.
/// </remarks>
public static class PseudoLikelihood
{
    const long MaximumHiddenStates = 4096;

    /// <summary>
    /// The sum over all units, for each row. Costs as much as one free energy per row, unit and other value, where hidden layers are independent without the products.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="BadInputException">The values of a visible unit cannot be listed (continuous units, several draws), or hidden layers are joined and have more than 4096 states.</exception>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score PerRow(EnergyModel model, Matrix data)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        int columns = ColumnsPerUnit(target);
        var totals = new double[data.Rows];
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, target.Layers[0].Units, 256))
        {
            Func<Matrix, int, double[]> change = AreOthersIndependent(target) ? Changes(target, rows, columns) : ByFreeEnergy(target, rows);
            double[,] values = rows.ToArray();
            double[] value = new double[columns];
            Matrix deltas = rows.Like(columns, rows.Rows);
            double[,] delta = new double[columns, rows.Rows];
            for (int unit = 0; unit < rows.Columns; unit += columns)
            {
                var odds = new double[rows.Rows];
                for (int alternative = 1; alternative <= target.Layers[0].Alternatives; alternative++)
                {
                    for (int r = 0; r < rows.Rows; r++)
                    {
                        for (int c = 0; c < columns; c++) value[c] = values[r, unit + c];
                        target.Layers[0].SetAlternative(alternative, value);
                        for (int c = 0; c < columns; c++) delta[c, r] = value[c] - values[r, unit + c];
                    }
                    for (int c = 0; c < columns; c++) deltas.WriteRow(c, MemoryMarshal.CreateReadOnlySpan(ref delta[c, 0], rows.Rows));
                    double[] differences = change(deltas, unit);
                    // log Σ_a exp(F − F_a), gathered over the alternatives.
                    for (int r = 0; r < odds.Length; r++) odds[r] = alternative == 1 ? differences[r] : Scalar.LogSumExp([odds[r], differences[r]]);
                }
                if (target.Layers[0].Alternatives > 0)
                    for (int r = 0; r < odds.Length; r++) totals[first + r] -= Scalar.Softplus(odds[r]);
            }
        }
        return new(totals);
    }

    /// <summary>
    /// The stochastic form: one random unit i of each of the D units changes, D·log p(v_i | v_−i). Its mean over i is <see cref="PerRow"/>, for one
    /// or two products with the weights.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="rng">Picks the units.</param>
    /// <inheritdoc cref="PerRow"/>
    public static Score Estimate(EnergyModel model, Matrix data, Rng rng)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        Layer visible = target.Layers[0];
        int columns = ColumnsPerUnit(target), units = visible.Units / columns;
        double[] values = new double[data.Rows], row = new double[visible.Units];
        Draw draw = rng.NextDraw();
        _ = AreOthersIndependent(target);
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, visible.Units))
        {
            double[] free = FreeEnergy.Of(target, rows), odds = new double[rows.Rows];
            Matrix changed = rows.Like(rows.Rows, rows.Columns);
            for (int alternative = 1; alternative <= visible.Alternatives; alternative++)
            {
                for (int r = 0; r < rows.Rows; r++)
                {
                    rows.ReadRow(r, row);
                    int unit = (int)(Philox.Uniform(draw, first + r, 0) * (double)units);
                    visible.SetAlternative(alternative, row.AsSpan(unit * columns, columns));
                    changed.WriteRow(r, row);
                }
                double[] other = FreeEnergy.Of(target, changed);
                for (int r = 0; r < odds.Length; r++)
                    odds[r] = alternative == 1 ? free[r] - other[r] : Scalar.LogSumExp([odds[r], free[r] - other[r]]);
            }
            if (visible.Alternatives > 0)
                for (int r = 0; r < odds.Length; r++) values[first + r] = -units * Scalar.Softplus(odds[r]);
        }
        return new(values);
    }

    // F(v) − F(v + δ) of rows in which one unit moves, from what the layers hear: δ·(b + vL) + ½·δᵀLδ + Σ_l A_l(I_l + δW_l) − A_l(I_l).
    static Func<Matrix, int, double[]> Changes(EnergyModel model, Matrix rows, int columns)
    {
        var state = new State(model, rows.Rows);
        state[0].SetCopy(rows);
        Connection? within = model.Within(0);
        Connection[] above = [.. model.Connections.Where(c => c.Lower == 0 && !c.IsWithinLayer)];
        Matrix own = rows.Like(rows.Rows, rows.Columns), logs = rows.Like(rows.Rows, 1);
        if (within is not null) own.SetProduct(rows, within.Weights, scale: model.Coupling);
        own.SetSum(own, 1, model.Layers[0].Bias);
        double[,] ownInputs = own.ToArray();
        double[,]? pairs = within?.Weights.ToArray();
        Matrix[] fields = [.. above.Select(c => rows.Like(rows.Rows, model.Layers[c.Upper].Units))];
        for (int i = 0; i < above.Length; i++)
        {
            fields[i].SetProduct(rows, above[i].Weights, scale: model.Coupling);
            model.Layers[above[i].Upper].AddLogNormalizer(fields[i], logs);
        }
        double[] before = logs.ReadColumn(0);
        return (deltas, unit) =>
        {
            logs.Fill(0);
            for (int i = 0; i < above.Length; i++)
            {
                // Changing one unit changes the inputs above it by δ·W_unit: an outer product instead of a product with all of W.
                Matrix changed = state.Inputs(above[i].Upper);
                changed.SetCopy(fields[i]);
                changed.SetOuterProducts([new Factor(deltas, above[i].Weights.RowRange(unit, columns), model.Coupling)], keep: 1);
                model.Layers[above[i].Upper].AddLogNormalizer(changed, logs);
            }
            double[] differences = logs.ReadColumn(0);
            double[,] delta = deltas.ToArray();
            for (int r = 0; r < differences.Length; r++)
            {
                differences[r] -= before[r];
                for (int c = 0; c < columns; c++)
                {
                    differences[r] += delta[c, r] * ownInputs[r, unit + c];
                    for (int d = 0; pairs is not null && d < columns; d++) differences[r] += 0.5 * model.Coupling * delta[c, r] * pairs[unit + c, unit + d] * delta[d, r];
                }
            }
            return differences;
        };
    }

    static Func<Matrix, int, double[]> ByFreeEnergy(EnergyModel model, Matrix rows)
    {
        double[] before = FreeEnergy.Of(model, rows);
        Matrix changed = rows.Like(rows.Rows, rows.Columns);
        return (deltas, unit) =>
        {
            double[,] delta = deltas.ToArray();
            var row = new double[rows.Columns];
            for (int r = 0; r < rows.Rows; r++)
            {
                rows.ReadRow(r, row);
                for (int c = 0; c < deltas.Rows; c++) row[unit + c] += delta[c, r];
                changed.WriteRow(r, row);
            }
            double[] after = FreeEnergy.Of(model, changed);
            return [.. before.Zip(after, (f, g) => f - g)];
        };
    }

    // The label layer is summed out with the others. Refuses what could not be summed.
    static bool AreOthersIndependent(EnergyModel model)
    {
        int[] others = [.. Enumerable.Range(1, model.Layers.Count - 1)];
        if (model.AreIndependent(others)) return true;
        if (model is ClassificationRbm || EnumeratedLayers.Fewest(new ConditionalModel(model, others), MaximumHiddenStates) is not null) return false;
        throw new BadInputException($"pseudo-likelihood sums the hidden units out, but those of this machine ({string.Join(", ", others.Select(l => model.Layers[l]))}) are joined to each other and have more than {MaximumHiddenStates} states; follow the bound on the likelihood instead");
    }

    static int ColumnsPerUnit(EnergyModel model) => model.Layers[0].ColumnsPerUnit is > 0 and int columns ? columns
        : throw new BadInputException($"pseudo-likelihood needs visible units whose values can be listed (bernoulli, spin, one-hot multinomial), but these are {model.Layers[0]}");
}
