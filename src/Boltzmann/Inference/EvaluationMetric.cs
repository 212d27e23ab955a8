namespace Boltzmann;

/// <summary>The words of `evaluate --metrics`.</summary>
static class EvaluationMetric
{
    public const string LogPartition = "log-partition", FreeEnergy = "free-energy", LogLikelihood = "log-likelihood",
        PseudoLikelihood = "pseudo-likelihood", Reconstruction = "reconstruction", Elbo = "elbo", VariationalGap = "variational-gap";
    public const string Loss = "loss", Accuracy = "accuracy", BalancedAccuracy = "balanced-accuracy",
        AveragePrecision = "average-precision", Confusion = "confusion", RSquared = "r-squared";

    /// <summary>Of an rbm.</summary>
    public static string[] OfMachines { get; } = [LogPartition, FreeEnergy, LogLikelihood, PseudoLikelihood, Reconstruction];

    /// <summary>Of a dbn, with or without labels.</summary>
    public static string[] OfStacks { get; } = [LogPartition, LogLikelihood, Reconstruction, Elbo];

    /// <summary>Of a dbm, with or without labels, and of machines of any graph.</summary>
    public static string[] OfDeepMachines { get; } = [LogPartition, FreeEnergy, LogLikelihood, PseudoLikelihood, Reconstruction, Elbo,
        VariationalGap];

    /// <summary>Of the rows of a kind of model, whether or not it has labels.</summary>
    public static string[] OfRows(string kind) => kind switch
    {
        "dbn" or "classification-dbn" => OfStacks,
        "rbm" or "classification-rbm" => OfMachines,
        _ => OfDeepMachines,
    };

    /// <summary>Of networks and models with labels, by labelled rows.</summary>
    public static string[] OfPredictors { get; } = [Loss, Accuracy, BalancedAccuracy, AveragePrecision, Confusion, RSquared];
}
