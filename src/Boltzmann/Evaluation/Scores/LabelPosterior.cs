namespace Boltzmann.Evaluation;

/// <summary>
/// log p(y|v) of any machine with labels: in closed form of a <see cref="ClassificationRbm"/>, else log p(v, y) of every class with its
/// mean-field bound in its place, which is exact where hidden layers
/// are independent given the rest and else as good as the bounds of the classes are equally loose.
/// </summary>
public static class LabelPosterior
{
    /// <summary>log p(y|v) of each row and class, [N × classes], in nats.</summary>
    /// <param name="model">A machine with labels.</param>
    /// <param name="rows">[N × columns of a row], of any precision.</param>
    /// <param name="inference">Of hidden layers that are joined; its defaults when null.</param>
    /// <exception cref="ArgumentException">The machine has no labels, or the rows have another width.</exception>
    public static Matrix LogProbabilities(EnergyModel model, Matrix rows, MeanField? inference = null)
    {
        if (model is ClassificationRbm classifier) return classifier.PredictLogProbabilities(rows);
        if (model is Dbm deep) return deep.PredictLogProbabilities(rows, inference);
        if (model.LabelLayer is not int labels) throw new ArgumentException("this machine has no labels");
        double[][] bounds = [.. Enumerable.Range(0, model.Layers[labels].Units)
            .Select(label => Elbo.PerRow(model, rows, Enumerable.Repeat(label, rows.Rows).ToArray(), inference).PerRow.ToArray())];
        var logs = new double[rows.Rows, bounds.Length];
        for (int r = 0; r < rows.Rows; r++)
        {
            double sum = Scalar.LogSumExp([.. bounds.Select(bound => bound[r])]);
            for (int c = 0; c < bounds.Length; c++) logs[r, c] = bounds[c][r] - sum;
        }
        return Matrix.From(logs, model.Placement);
    }
}
