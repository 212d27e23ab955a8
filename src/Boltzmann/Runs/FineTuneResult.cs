namespace Boltzmann.Runs;

/// <summary>How a fine-tuned network does on held-out rows (on the training rows, where none are held out).</summary>
/// <param name="Score">Loss, and accuracy or R².</param>
/// <param name="Rows">Whose: "5,000 held-out rows".</param>
/// <param name="Confusion">For classes.</param>
/// <param name="Reliability">For classes.</param>
/// <param name="Predictions">For numbers: (true, predicted), in the units of the targets.</param>
/// <param name="Filters">Weights of the first layer, where rows are pictures.</param>
/// <param name="Mistakes">The surest wrong answers, where rows are pictures.</param>
/// <param name="Summary">All of it in a line.</param>
sealed record FineTuneResult(
    NetworkScore Score, string Rows, ConfusionMatrix? Confusion, Reliability? Reliability, IReadOnlyList<ChartPoint> Predictions,
        byte[]? Filters, ReportTiles? Mistakes, string Summary)
{
    const int MostPredictions = 500, MostPairs = 40;

    /// <summary>Rows above what the code gives back of them, of auto-encoders of pictures; null of others.</summary>
    public byte[]? Pairs { get; init; }

    public static FineTuneResult Of(FineTuneTask task)
    {
        LabelledRows judged = task.Validation ?? task.Training;
        string rows = $"{judged.Data.Count:N0} {(task.Validation is null ? "training" : "held-out")} rows";
        NetworkScore score = NetworkScore.Of(task.Network, judged.Examples);
        byte[]? filters = task.Training.Data.Image is ImageShape shape
            ? Png.Encode(ImageSheet.Filters(task.Network.Layers[0].Weights.RowRange(0, shape.Width * shape.Height), shape))
            : null;
        if (task.IsAutoEncoder)
        {
            return new(score, rows, null, null, [], filters, null, $"squared error {NumberText.Short(score.SquaredError)} a row, loss "
                + $"{NumberText.Short(score.Loss)} on {rows}")
            { Pairs = PairsOf(task, judged.Data) };
        }
        IReadOnlyList<double[]> outputs = Predictor.Probabilities(task.Network, judged.Examples.Inputs);
        if (task.IsRegression)
        {
            Standardizer targets = task.Data.Targets!;
            double[] truth = Examples.ValuesOf(judged.Data);
            var points = outputs.Take(MostPredictions).Select((y, r) => new ChartPoint(truth[r], y[0] * targets.StandardDeviations[0]
                + targets.Means[0]));
            return new(score, rows, null, null, [.. points], filters, null, $"R² {score.RSquared:F4} on {rows}");
        }
        int[] labels = judged.Data.Labels!, predicted = [.. outputs.Select(Predictor.Best)];
        var confusion = ConfusionMatrix.Of(labels, predicted, task.Classes!.Count);
        return new(score, rows, confusion, Reliability.Of(outputs, labels), [], filters,
            ReportMistakes.Of(judged.Data, outputs, task.Classes, rows),
            $"accuracy {score.Accuracy:F4} ({100 * (1 - score.Accuracy):F2} % error) on {rows}");
    }

    static byte[]? PairsOf(FineTuneTask task, Dataset rows)
    {
        if (task.Training.Data.Image is not ImageShape shape) return null;
        Matrix first = rows.ToMatrix(0, Math.Min(MostPairs, rows.Count), task.Network.Placement);
        TileRange range = task.Network.Head == ReconstructionHead.Bernoulli ? TileRange.Unit : TileRange.PerTile();
        return Png.Encode(ImageSheet.Pairs(ImageSheet.RowsOf(first), ImageSheet.RowsOf(task.Network.Predict(first)), shape, range));
    }
}
