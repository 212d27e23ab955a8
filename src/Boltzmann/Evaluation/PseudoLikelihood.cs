namespace Boltzmann;

/// <summary>
/// Pseudo-likelihood of visible units given all others, Σ_i log p(v_i | v_−i) (Besag 1975): a measure of fit that needs no partition function.
/// A unit is a column of two-valued units or a block of one-hot ones; with v^(i,a) the row whose unit i takes its a-th other value,
/// log p(v_i | v_−i) = −log(1 + Σ_a exp(F(v) − F(v^(i,a)))), which for two values is log σ(F(ṽ) − F(v)). In nats per row, in double precision.
/// </summary>
/// <remarks>
/// Grey values of Bernoulli units are compared with their reflection 1 − v. The free energies are those of each row: averages over a batch
/// inside the logistic, as some programs have it, give another number.
/// </remarks>
public static class PseudoLikelihood
{
    /// <summary>The sum over all units, for each row. Costs as much as one free energy per row, unit and other value, without the products.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="BadInputException">The values of a visible unit cannot be listed (continuous units, several draws).</exception>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score PerRow(Rbm rbm, Matrix data)
    {
        LayerPair pair = LayerPair.From(rbm);
        int columns = ColumnsPerUnit(pair[0]);
        double[] bias = pair[0].Bias.ReadRow(0), totals = new double[data.Rows];
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, pair[0].Units, 256))
        {
            Matrix field = rows.Like(rows.Rows, pair[1].Units), changed = field.Like(rows.Rows, pair[1].Units), logs = rows.Like(rows.Rows, 1);
            Matrix deltas = rows.Like(columns, rows.Rows);
            pair.SetInputs(1, rows, field);
            pair[1].AddLogNormalizer(field, logs);
            double[] logNormalizers = logs.ReadColumn(0);
            double[,] values = rows.ToArray();
            double[] value = new double[columns];
            double[,] delta = new double[columns, rows.Rows];
            for (int unit = 0; unit < pair[0].Units; unit += columns)
            {
                var odds = new double[rows.Rows];
                for (int alternative = 1; alternative <= pair[0].Alternatives; alternative++)
                {
                    double[] biasChange = new double[rows.Rows];
                    for (int r = 0; r < rows.Rows; r++)
                    {
                        for (int c = 0; c < columns; c++) value[c] = values[r, unit + c];
                        pair[0].SetAlternative(alternative, value);
                        for (int c = 0; c < columns; c++)
                        {
                            delta[c, r] = value[c] - values[r, unit + c];
                            biasChange[r] += bias[unit + c] * delta[c, r];
                        }
                    }
                    // Changing one unit changes the inputs above it by δ·W_unit: an outer product instead of a product with all of W.
                    for (int c = 0; c < columns; c++) deltas.WriteRow(c, System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref delta[c, 0], rows.Rows));
                    changed.SetCopy(field);
                    changed.SetOuterProducts([new Factor(deltas, pair.Weights.RowRange(unit, columns), 1)], keep: 1);
                    logs.Fill(0);
                    pair[1].AddLogNormalizer(changed, logs);
                    double[] changedLogs = logs.ReadColumn(0);
                    for (int r = 0; r < odds.Length; r++)
                    {
                        // log Σ_a exp(F − F_a), gathered over the alternatives.
                        double difference = changedLogs[r] - logNormalizers[r] + biasChange[r];
                        odds[r] = alternative == 1 ? difference : Scalar.LogSumExp([odds[r], difference]);
                    }
                }
                if (pair[0].Alternatives > 0)
                    for (int r = 0; r < odds.Length; r++) totals[first + r] -= Scalar.Softplus(odds[r]);
            }
        }
        return new(totals);
    }

    /// <summary>
    /// The stochastic form: one random unit i of each of the D units changes, D·log p(v_i | v_−i). Its mean over i is <see cref="PerRow"/>, for one
    /// or two products with the weights.
    /// </summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="rng">Picks the units.</param>
    /// <inheritdoc cref="PerRow"/>
    public static Score Estimate(Rbm rbm, Matrix data, Rng rng)
    {
        LayerPair pair = LayerPair.From(rbm);
        int columns = ColumnsPerUnit(pair[0]), units = pair[0].Units / columns;
        double[] values = new double[data.Rows], row = new double[pair[0].Units];
        Draw draw = rng.NextDraw();
        foreach (var (first, rows) in FreeEnergy.DoubleChunks(data, pair[0].Units))
        {
            double[] free = FreeEnergy.Of(pair, rows), odds = new double[rows.Rows];
            Matrix changed = rows.Like(rows.Rows, rows.Columns);
            for (int alternative = 1; alternative <= pair[0].Alternatives; alternative++)
            {
                for (int r = 0; r < rows.Rows; r++)
                {
                    rows.ReadRow(r, row);
                    int unit = (int)(Philox.Uniform(draw, first + r, 0) * (double)units);
                    pair[0].SetAlternative(alternative, row.AsSpan(unit * columns, columns));
                    changed.WriteRow(r, row);
                }
                double[] other = FreeEnergy.Of(pair, changed);
                for (int r = 0; r < odds.Length; r++)
                    odds[r] = alternative == 1 ? free[r] - other[r] : Scalar.LogSumExp([odds[r], free[r] - other[r]]);
            }
            if (pair[0].Alternatives > 0)
                for (int r = 0; r < odds.Length; r++) values[first + r] = -units * Scalar.Softplus(odds[r]);
        }
        return new(values);
    }

    static int ColumnsPerUnit(Layer visible) => visible.ColumnsPerUnit > 0 ? visible.ColumnsPerUnit
        : throw new BadInputException($"pseudo-likelihood needs visible units whose values can be listed (bernoulli, spin, one-hot multinomial), but these are {visible}");
}
