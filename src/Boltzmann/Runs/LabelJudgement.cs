namespace Boltzmann.Runs;

/// <summary>How well a model with labels tells rows apart.</summary>
/// <param name="Probabilities">Of each class, a row each.</param>
/// <param name="Labels">True classes.</param>
/// <param name="Confusion">What was taken for what.</param>
/// <param name="LogLoss">Mean of −log p(true class), in nats, with its error.</param>
/// <param name="BalancedAccuracy">Mean recall of the classes, with its error.</param>
/// <param name="Precision">Average precision of the classes, with its error.</param>
sealed record LabelJudgement(IReadOnlyList<double[]> Probabilities, int[] Labels, ConfusionMatrix Confusion, PooledScore LogLoss,
    PooledScore BalancedAccuracy, AveragePrecision Precision)
{
    const int RowsAtOnce = 4096;

    /// <summary>Judges it.</summary>
    public static LabelJudgement Of(GenerativeModel model, Dataset rows, IReadOnlyList<string> classes)
    {
        List<double[]> probabilities = [];
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
            probabilities.AddRange(ImageSheet.RowsOf(model.PredictLogProbabilities(rows.ToMatrix(first,
                Math.Min(RowsAtOnce, rows.Count - first), model.Placement))).Select(row => Array.ConvertAll(row, Math.Exp)));
        int[] labels = rows.Labels!, predicted = [.. probabilities.Select(Predictor.Best)];
        return new(probabilities, labels, ConfusionMatrix.Of(labels, predicted, classes.Count), ClassScores.LogLoss(probabilities, labels),
            ClassScores.BalancedAccuracy(labels, predicted, classes.Count), AveragePrecision.Estimate(probabilities, labels));
    }

    /// <summary>Share of rows that are told right.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>√(a(1 − a)/n): of the accuracy over other rows of the same source.</summary>
    public double AccuracyError => Math.Sqrt(Accuracy * (1 - Accuracy) / Labels.Length);
}
