namespace Boltzmann.Inference;

/// <summary>Judges a network, or a model with labels, by labelled rows.</summary>
static class LabelEvaluation
{
    public static EvaluationResult Measure(LoadedPredictor loaded, EvaluationRequest request, RunContext context)
    {
        RequireUsed(loaded, request);
        bool isClassifier = loaded.Classes is not null;
        EvaluationMetric[] foreign = [.. request.Metrics.Where(metric => !Suits(metric, isClassifier))];
        if (foreign.Length > 0) throw new BadInputException($"--metrics {foreign[0].Word()} does not go with {loaded.Title}; expected "
            + ExpectedOf(loaded, isClassifier).Words());
        IReadOnlyList<EvaluationMetric> asked = request.Metrics.Count > 0 ? request.Metrics
            : isClassifier ? [.. EvaluationMetrics.OfPredictors.Where(metric => Suits(metric, isClassifier))]
            : [EvaluationMetric.Loss, EvaluationMetric.RSquared];
        Dataset rows = new AskedRows(loaded, request.Rows, context, "evaluate").Prepared();
        LabelScores scores = isClassifier ? OfClasses(loaded, rows, asked) : new(asked, loaded.Score(rows), null, null, null, null);
        if (scores.Imbalance is not null) context.Warn($"{rows.Name}: {scores.Imbalance}");
        return new()
        {
            Path = loaded.Path,
            Model = loaded.Description.Model,
            Title = loaded.Title,
            Rows = rows.Count,
            Data = rows.Name,
            IsScaled = loaded.Data.Scaling is not null,
            Labels = scores,
        };
    }

    static LabelScores OfClasses(LoadedPredictor loaded, Dataset rows, IReadOnlyList<EvaluationMetric> asked)
    {
        NetworkScore score = loaded.Score(rows);
        IReadOnlyList<double[]> outputs = loaded.Predict(rows);
        int[] labels = loaded.LabelsOf(rows);
        return new(asked, score, loaded.Classes, ConfusionMatrix.Of(labels, [.. outputs.Select(Predictor.Best)], loaded.Classes!.Count),
            AveragePrecision.Of(outputs, labels), ClassBalance.Of(labels).Complaint(loaded.Classes));
    }

    // Settings of rows and of log Z would do nothing.
    static void RequireUsed(LoadedPredictor loaded, EvaluationRequest request)
    {
        if (request.StatedOfRows.FirstOrDefault() is not string member) return;
        IReadOnlyList<EvaluationMetric> asked = request.Metrics.Count > 0 ? request.Metrics : [EvaluationMetric.Loss];
        throw new BadInputException($"--{member} does not go with {asked.Words()} of a {loaded.Description.Model}: its rows are taken as "
            + "they are, and it needs no log Z");
    }

    // Deep models with labels are asked for their likelihood, too, but apart.
    static IEnumerable<EvaluationMetric> ExpectedOf(LoadedPredictor loaded, bool isClassifier) =>
        [.. EvaluationMetrics.OfPredictors.Where(metric => Suits(metric, isClassifier)), .. LoadedLabelled.IsOf(loaded.Description)
            && loaded.Description.Model != ModelKind.ClassificationRbm.Name ? EvaluationMetrics.OfRows(loaded.Description.Model) : []];

    static bool Suits(EvaluationMetric metric, bool isClassifier) => metric switch
    {
        EvaluationMetric.Loss => true,
        EvaluationMetric.Accuracy or EvaluationMetric.BalancedAccuracy or EvaluationMetric.AveragePrecision or EvaluationMetric.Confusion =>
            isClassifier,
        EvaluationMetric.RSquared => !isClassifier,
        _ => false,
    };
}
