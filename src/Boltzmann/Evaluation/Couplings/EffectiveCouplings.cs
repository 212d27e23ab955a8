namespace Boltzmann.Evaluation;

/// <summary>
/// What pairs of visible units say about each other once hidden units are summed out: J with log p(x) ≈ b·x + ½·xᵀJx. Of a machine without
/// hidden units, J is its weights. Hidden units that are independent given the visible ones add, to second order around the rows,
/// J = Σ_μ ⟨Var[h_μ | x]⟩·w_μ·w_μᵀ, the mean over rows of the second derivative of their log-normaliser (Tubiana, Cocco and Monasson 2019).
/// Between one-hot blocks J is given in zero-sum gauge, Σ_a J(a, b) = Σ_b J(a, b) = 0: what else it holds is biases.
/// </summary>
public static class EffectiveCouplings
{
    const int RowsAtOnce = 1024;

    // Of the slope of a mean, by differences: the error is of the order of its square.
    const double Step = 1e-4;

    /// <summary>J, [visible units × visible units], in double precision; a unit, or a block of one-hot ones, has 0 with itself.</summary>
    /// <param name="model">An RBM, or a Boltzmann machine without hidden units.</param>
    /// <param name="rows">Rows to take the mean over, by their weights, such as those of the training.</param>
    /// <exception cref="BadInputException">Another machine.</exception>
    public static Matrix Of(EnergyModel model, Dataset rows)
    {
        Matrix couplings = model switch
        {
            Rbm rbm => OfHidden(FreeEnergy.InDouble(rbm) as Rbm ?? rbm, rows),
            BoltzmannMachine { Hidden: null, Edges: null } machine => Copy(machine.VisibleWeights),
            _ => throw new BadInputException($"effective couplings are those of an rbm, or of a bm without hidden units; this is {model}"),
        };
        ToGauge(couplings, model.Layers[model.RowLayers[0]].BlockColumns);
        return couplings;
    }

    static Matrix OfHidden(Rbm rbm, Dataset rows)
    {
        double[] variances = MeanVariances(rbm, rows);
        Placement wide = rbm.Placement;
        Matrix scaled = new(rbm.Weights.Rows, rbm.Weights.Columns, wide), couplings = new(rbm.Weights.Rows, rbm.Weights.Rows, wide);
        scaled.SetScaled(rbm.Weights, Matrix.Row(variances, wide));
        couplings.SetProduct(scaled, rbm.Weights, transposeRight: true);
        return couplings;
    }

    /// <summary>⟨Var[h_μ | x]⟩ over rows: the variance is the slope of the mean by the input, whatever the kind of units.</summary>
    static double[] MeanVariances(Rbm rbm, Dataset rows)
    {
        var sums = new double[rbm.Hidden.Units];
        double total = 0;
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows.Count - first);
            Matrix x = rows.ToMatrix(first, count, rbm.Placement), inputs = new(count, sums.Length, rbm.Placement),
                shift = Matrix.Row(sums.Length, Step, rbm.Placement), above = inputs.Like(count, sums.Length),
                below = inputs.Like(count, sums.Length), moved = inputs.Like(count, sums.Length);
            inputs.SetProduct(x, rbm.Weights);
            moved.SetSum(inputs, 1, shift, 1);
            rbm.Hidden.SetMean(moved, above);
            moved.SetSum(inputs, 1, shift, -1);
            rbm.Hidden.SetMean(moved, below);
            above.SetSum(above, 1, below, -1);
            Matrix weights = new(count, 1, rbm.Placement), slopes = new(1, sums.Length, rbm.Placement);
            for (int r = 0; r < count; r++) weights[r, 0] = rows.RowWeights?[first + r] ?? 1;
            slopes.SetColumnSums(above, null, weights, 1 / (2 * Step));
            double[] own = slopes.ReadRow(0);
            for (int h = 0; h < sums.Length; h++) sums[h] += own[h];
            total += weights.Summarize().Sum;
        }
        return [.. sums.Select(sum => sum / total)];
    }

    static Matrix Copy(Matrix weights)
    {
        var copy = new Matrix(weights.Rows, weights.Columns, weights.Placement.Double);
        copy.SetCopy(weights);
        return copy;
    }

    // A unit or block has nothing with itself, and blocks have the zero-sum gauge with each other.
    static void ToGauge(Matrix couplings, int size)
    {
        var rows = new double[size, couplings.Columns];
        var row = new double[couplings.Columns];
        var block = new double[size, size];
        for (int first = 0; first < couplings.Rows; first += size)
        {
            for (int a = 0; a < size; a++)
            {
                couplings.ReadRow(first + a, row);
                for (int c = 0; c < row.Length; c++) rows[a, c] = row[c];
            }
            for (int other = 0; other < row.Length; other += size)
            {
                for (int a = 0; a < size; a++)
                    for (int b = 0; b < size; b++) block[a, b] = other == first ? 0 : rows[a, other + b];
                if (size > 1) ContactScores.ToZeroSum(block);
                for (int a = 0; a < size; a++)
                    for (int b = 0; b < size; b++) rows[a, other + b] = block[a, b];
            }
            for (int a = 0; a < size; a++)
            {
                for (int c = 0; c < row.Length; c++) row[c] = rows[a, c];
                couplings.WriteRow(first + a, row);
            }
        }
    }
}
