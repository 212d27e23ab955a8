namespace Boltzmann.Inference;

/// <summary>Judges a network, or a model with labels, by labelled rows.</summary>
static class LabelEvaluation
{
    public static EvaluationResult Measure(LoadedPredictor loaded, EvaluationRequest request, RunContext context)
    {
        RequireUsed(loaded, request);
        if (loaded is LoadedNetwork { Network.CodeLayer: not null } network) return OfCodes(network, request, context);
        bool isClassifier = loaded.Classes is not null;
        EvaluationMetric[] foreign = [.. request.Metrics.Where(metric => !Suits(metric, isClassifier))];
        if (foreign.Length > 0) throw new BadInputException($"--metrics {foreign[0].Word()} does not go with {loaded.Title}; expected "
            + ExpectedOf(loaded, isClassifier).Words());
        IReadOnlyList<EvaluationMetric> asked = request.Metrics.Count > 0 ? request.Metrics
            : isClassifier ? EvaluationMetrics.DefaultsOfClasses
            : [EvaluationMetric.Loss, EvaluationMetric.RSquared];
        Dataset rows = new AskedRows(loaded, request.Rows, context, "evaluate") { Observes = true }.Prepared();
        LabelScores scores = isClassifier ? OfClasses(loaded, rows, asked) : OfNumbers(loaded, rows, asked);
        if (scores.Imbalance is not null) context.Warn($"{rows.Name}: {scores.Imbalance}");
        return Of(loaded, rows, scores);
    }

    static EvaluationResult Of(LoadedPredictor loaded, Dataset rows, LabelScores scores) => new()
    {
        Path = loaded.Path,
        Model = loaded.Description.Model,
        Title = loaded.Title,
        Rows = rows.Count,
        Data = rows.Name,
        IsScaled = loaded.Data.Scaling is not null,
        Labels = scores,
    };

    // Rows are what they are judged by.
    static EvaluationResult OfCodes(LoadedNetwork loaded, EvaluationRequest request, RunContext context)
    {
        EvaluationMetric[] known = [EvaluationMetric.Loss, EvaluationMetric.Reconstruction];
        if (request.Metrics.Except(known).Select(metric => metric.Word()).FirstOrDefault() is string foreign)
            throw new BadInputException($"--metrics {foreign} does not go with {loaded.Title}; expected {known.Words()}");
        Dataset rows = new AskedRows(loaded, request.Rows, context, "evaluate") { Observes = true }.Prepared();
        return Of(loaded, rows, new(request.Metrics.Count > 0 ? request.Metrics : known, loaded.Score(rows), null, null, null, null)
        {
            LossUnit = NetworkMetric.Unit(NetworkMetric.Loss, loaded.Network.Head),
        });
    }

    static LabelScores OfClasses(LoadedPredictor loaded, Dataset rows, IReadOnlyList<EvaluationMetric> asked)
    {
        NetworkScore score = loaded.Score(rows);
        IReadOnlyList<double[]> outputs = loaded.Predict(rows);
        int[] labels = loaded.LabelsOf(rows);
        return new(asked, score, loaded.Classes, ConfusionMatrix.Of(labels, [.. outputs.Select(Predictor.Best)], loaded.Classes!.Count),
            asked.Contains(EvaluationMetric.AveragePrecision) ? AveragePrecision.Estimate(outputs, labels)
                : AveragePrecision.Of(outputs, labels), ClassBalance.Of(labels).Complaint(loaded.Classes))
        {
            Curve = asked.Contains(EvaluationMetric.RocAuc) ? RocAuc.Of(outputs, labels) : null,
            BalancedAccuracy = ClassScores.BalancedAccuracy(labels, [.. outputs.Select(Predictor.Best)], loaded.Classes.Count),
            LogLoss = ClassScores.LogLoss(outputs, labels),
        };
    }

    static LabelScores OfNumbers(LoadedPredictor loaded, Dataset rows, IReadOnlyList<EvaluationMetric> asked)
    {
        NetworkScore score = loaded.Score(rows);
        double[] predictions = [.. loaded.Predict(rows).Select(row => row[0])], truth = Examples.ValuesOf(rows);
        return new(asked, score, null, null, null, null)
        {
            RSquared = RegressionScores.RSquared(predictions, truth) with { Value = score.RSquared },
            Rmse = RegressionScores.Rmse(predictions, truth),
            Mae = RegressionScores.Mae(predictions, truth),
        };
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
        EvaluationMetric.Accuracy or EvaluationMetric.BalancedAccuracy or EvaluationMetric.AveragePrecision or EvaluationMetric.RocAuc
            or EvaluationMetric.LogLoss or EvaluationMetric.Confusion => isClassifier,
        EvaluationMetric.RSquared or EvaluationMetric.Rmse or EvaluationMetric.Mae => !isClassifier,
        _ => false,
    };
}
