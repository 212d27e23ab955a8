namespace Boltzmann.Evaluation;

/// <summary>How well classes are told, with standard errors: those of other rows from the same source.</summary>
public static class ClassScores
{
    /// <summary>
    /// Mean recall of the classes that have rows (<see cref="ConfusionMatrix.BalancedAccuracy"/>); its standard error is
    /// √(Σ r(1 − r)/(n − 1))/K over recalls r of n rows each, NaN where a class has a single row.
    /// </summary>
    /// <param name="labels">True classes.</param>
    /// <param name="predictions">As many predicted ones.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The numbers differ, or a class is out of range.</exception>
    public static PooledScore BalancedAccuracy(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, int classes)
    {
        var confusion = ConfusionMatrix.Of(labels, predictions, classes);
        double variance = 0;
        int counted = 0;
        for (int c = 0; c < classes; c++)
        {
            double rows = Enumerable.Range(0, classes).Sum(p => confusion.Counts[c, p]), recall = confusion.Recall(c);
            if (rows == 0) continue;
            counted++;
            variance += rows < 2 ? double.NaN : recall * (1 - recall) / (rows - 1);
        }
        return new(confusion.BalancedAccuracy, Math.Sqrt(variance) / counted);
    }

    /// <summary>Mean of −log p(true class), in nats; infinite where a true class has probability 0.</summary>
    /// <param name="probabilities">One row per example, one entry per class.</param>
    /// <param name="labels">True classes.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number.</exception>
    public static PooledScore LogLoss(IReadOnlyList<double[]> probabilities, ReadOnlySpan<int> labels)
    {
        if (probabilities.Count != labels.Length)
            throw new ArgumentException($"{labels.Length} labels do not fit {probabilities.Count} rows of probabilities");
        var losses = new double[labels.Length];
        for (int r = 0; r < losses.Length; r++) losses[r] = -Math.Log(probabilities[r][labels[r]]);
        return PooledScore.Of(new Score(losses));
    }
}
