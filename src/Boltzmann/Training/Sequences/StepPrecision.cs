namespace Boltzmann.Training;

/// <summary>
/// Precisions of Gaussian units without hidden ones: given the means that a machine predicts, the most likely precision of each column is
/// one
/// by the mean square of what they miss, and biases and weights take it in, as they are γ times what they mean.
/// </summary>
static class StepPrecision
{
    // A column that is predicted to the last digit has no greatest precision.
    const double LeastVariance = 1e-12;

    /// <summary>A copy with fitted precisions; the model itself where its visible units have none.</summary>
    /// <param name="model">A dybm.</param>
    /// <param name="data">The steps it learned.</param>
    public static SequenceModel Fitted(SequenceModel model, Sequences data)
    {
        if (model.Hidden is not null || model.Visible.QuadraticPrecision is null) return model;
        PredictionScore scores = SequenceEvaluation.Predictions(model, data, keeps: true);
        var squares = new double[data.Columns];
        double total = 0;
        double[] row = new double[data.Columns];
        foreach (int t in data.Counted())
        {
            double weight = data.Steps.RowWeights?[t] ?? 1;
            data.Steps.Rows.Read(t, row);
            double[] predicted = scores.Predictions!.ReadRow(t);
            for (int c = 0; c < row.Length; c++) squares[c] += weight * (row[c] - predicted[c]) * (row[c] - predicted[c]);
            total += weight;
        }
        SequenceModel copy = model.Clone();
        Matrix precision = copy.Visible.QuadraticPrecision!;
        double[] before = precision.ReadRow(0), after = [.. squares.Select(s => 1 / Math.Max(s / total, LeastVariance))];
        precision.WriteRow(0, after);
        double[] ratios = [.. after.Zip(before, (a, b) => a / b)];
        Matrix bias = copy.Visible.Bias;
        bias.WriteRow(0, [.. bias.ReadRow(0).Zip(ratios, (b, ratio) => b * ratio)]);
        if (copy.ToVisible is Matrix weights)
            for (int c = 0; c < weights.Rows; c++) weights.WriteRow(c, [.. weights.ReadRow(c).Select(w => w * ratios[c])]);
        return copy;
    }
}
