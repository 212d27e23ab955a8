using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// Classifiers on features: each is picked among a few by validation error, learns training and validation rows together, and is tested
/// once.
/// </summary>
/// <param name="context">Where words go.</param>
/// <param name="kept">Numbers that an earlier run has measured.</param>
/// <param name="training">Features and labels to learn while picking.</param>
/// <param name="validation">To pick by.</param>
/// <param name="test">To test once.</param>
/// <param name="pickingRows">Rows that support-vector machines learn while picking: their time grows with the square.</param>
sealed class FeatureClassifiers(ExperimentContext context, Measurements kept, Dataset training, Dataset validation, Dataset test,
    int pickingRows)
{
    const double Cost = 10;

    static readonly NeighborMetric[] metrics = [NeighborMetric.Euclidean, NeighborMetric.Cosine];
    static readonly int[] neighbors = [1, 3, 5];
    static readonly double[] penalties = [1e-6, 1e-5, 3e-5, 1e-4], scales = [0.0625, 0.125, 0.25, 0.5, 1];

    readonly Placement placement = context.Placement;

    /// <summary>What a kind of classifier came to.</summary>
    /// <param name="Kind">"k-NN".</param>
    /// <param name="Picked">Its settings in words.</param>
    /// <param name="ValidationError">By which it was picked.</param>
    /// <param name="TestError">Measured once.</param>
    /// <param name="Seconds">To learn all rows and classify the test rows.</param>
    public sealed record Result(string Kind, string Picked, double ValidationError, double TestError, double Seconds);

    public IEnumerable<Result> Run()
    {
        yield return Best("k-NN", training.Count,
        [
            .. from metric in metrics
               from k in neighbors
               select ($"k = {k}, {(metric == NeighborMetric.Cosine ? "cosine" : "Euclidean")} distance, weights 1/distance",
                   (Func<Classifier>)(() => new KNearestNeighbors(k, NeighborWeights.Distance, metric))),
        ]);
        yield return Best("logistic regression", training.Count,
            [.. penalties.Select(l2 => ($"L2 {NumberText.Short(l2)}",
                (Func<Classifier>)(() => new LogisticRegression(l2, tolerance: 1e-4, iterations: 400))))]);
        yield return Best("RBF SVM", pickingRows,
            [.. scales.Select(scale => ($"C = {Cost}, γ = {scale}/(columns · variance)",
                (Func<Classifier>)(() => new SupportVectorMachine(Cost, scale * Scale, 1e-2))))]);
    }

    // scikit-learn's "scale": 1/(columns · variance of all values).
    double Scale => field > 0 ? field : field = 1 / (training.Columns * Variance());

    double Variance()
    {
        Summary all = training.ToMatrix(0, Math.Min(10_000, training.Count), placement).Summarize();
        double count = Math.Min(10_000.0, training.Count) * training.Columns;
        return all.SumOfSquares / count - all.Sum / count * (all.Sum / count);
    }

    Result Best(string kind, int rows, (string Words, Func<Classifier> Make)[] candidates)
    {
        double[] errors = [.. candidates.Select(candidate => kept.Once($"{kind}, {candidate.Words}, validation", () =>
        {
            context.Interrupted.ThrowIfCancellationRequested();
            double error = Error(candidate.Make(), training.Take(rows), validation);
            context.Say($"{kind}, {candidate.Words}: {100 * error:F2} % of validation rows");
            return [error];
        })[0])];
        int best = Array.IndexOf(errors, errors.Min());
        double[] tested = kept.Once($"{kind}, {candidates[best].Words}, test", () =>
        {
            context.Interrupted.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            double error = Error(candidates[best].Make(), Joined(), test);
            context.Say($"{kind}: {100 * error:F2} % of test rows, {clock.Elapsed.TotalSeconds:F0} s");
            return [error, clock.Elapsed.TotalSeconds];
        });
        return new(kind, candidates[best].Words, errors[best], tested[0], tested[1]);
    }

    Dataset Joined()
    {
        Matrix all = new(training.Count + validation.Count, training.Columns, placement);
        all.RowRange(0, training.Count).SetCopy(training.ToMatrix(placement));
        all.RowRange(training.Count, validation.Count).SetCopy(validation.ToMatrix(placement));
        return new("features", new MatrixRows([all], training.Columns))
        {
            Labels = [.. training.Labels!, .. validation.Labels!],
            LabelNames = training.LabelNames
        };
    }

    double Error(Classifier classifier, Dataset learned, Dataset judged)
    {
        classifier.Fit(learned, placement);
        return 1 - classifier.Accuracy(judged.ToMatrix(placement), judged.Labels!);
    }
}
