namespace Boltzmann.Inference;

/// <summary>Which metrics go with which models, and their words.</summary>
static class EvaluationMetrics
{
    /// <summary>Of an rbm.</summary>
    public static EvaluationMetric[] OfMachines { get; } = [EvaluationMetric.LogPartition, EvaluationMetric.FreeEnergy,
        EvaluationMetric.LogLikelihood, EvaluationMetric.PseudoLikelihood, EvaluationMetric.Reconstruction];

    /// <summary>Of an rbm whose rows have draws of their own.</summary>
    public static EvaluationMetric[] OfDocuments { get; } = [EvaluationMetric.Perplexity, EvaluationMetric.Completion];

    /// <summary>Of a dbn, with or without labels.</summary>
    public static EvaluationMetric[] OfStacks { get; } = [EvaluationMetric.LogPartition, EvaluationMetric.LogLikelihood,
        EvaluationMetric.Reconstruction, EvaluationMetric.Elbo];

    /// <summary>Of a dbm, with or without labels, and of machines of any graph.</summary>
    public static EvaluationMetric[] OfDeepMachines { get; } = [.. OfMachines, EvaluationMetric.Elbo, EvaluationMetric.VariationalGap];

    /// <summary>Of networks and models with labels, by labelled rows.</summary>
    public static EvaluationMetric[] OfPredictors { get; } = [EvaluationMetric.Loss, EvaluationMetric.Accuracy,
        EvaluationMetric.BalancedAccuracy, EvaluationMetric.AveragePrecision, EvaluationMetric.RocAuc, EvaluationMetric.LogLoss,
        EvaluationMetric.Confusion, EvaluationMetric.RSquared, EvaluationMetric.Rmse, EvaluationMetric.Mae];

    /// <summary>Those of models with classes that are found unless others are asked for.</summary>
    public static EvaluationMetric[] DefaultsOfClasses { get; } = [EvaluationMetric.Loss, EvaluationMetric.Accuracy,
        EvaluationMetric.BalancedAccuracy, EvaluationMetric.AveragePrecision, EvaluationMetric.Confusion];

    /// <summary>Of the rows of a kind of model, whether or not it has labels.</summary>
    public static EvaluationMetric[] OfRows(string kind) => kind switch
    {
        "dbn" or "classification-dbn" => OfStacks,
        "rbm" => [.. OfMachines, .. OfDocuments],
        "classification-rbm" => OfMachines,
        _ => OfDeepMachines,
    };

    /// <summary>As on the command line: "log-partition".</summary>
    public static string Word(this EvaluationMetric metric) => ChoiceWords.Of(metric);

    /// <summary>Their words, in a row.</summary>
    public static string Words(this IEnumerable<EvaluationMetric> metrics, string between = ", ") =>
        string.Join(between, metrics.Select(Word));
}
