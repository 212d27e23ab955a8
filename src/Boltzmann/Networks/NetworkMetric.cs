namespace Boltzmann.Networks;

/// <summary>The numbers that are known after each epoch of a network's training, by name.</summary>
public static class NetworkMetric
{
    /// <summary>Mean loss of the epoch's rows as they were learned from, dropout included.</summary>
    public const string Loss = "loss";

    /// <summary>Share of those rows whose most probable class was right.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>R² of those rows.</summary>
    public const string RSquared = "r-squared";

    /// <summary>Mean of Σ (x − x̂)² over those rows: of auto-encoders.</summary>
    public const string SquaredError = "squared-error";

    /// <summary>Mean recall of the classes, of held-out rows only.</summary>
    public const string BalancedAccuracy = "balanced-accuracy";

    /// <summary>Area under the precision–recall curve, mean over classes, of held-out rows only.</summary>
    public const string AveragePrecision = "average-precision";

    /// <summary>What a name begins with when it is measured on held-out rows, without dropout.</summary>
    public const string Validation = "validation-";

    /// <summary>The names for a kind of network.</summary>
    public static IReadOnlyList<string> Names(Head head, bool withValidation)
    {
        string[] names = head.IsClassifier ? [Loss, Accuracy] : head.Rebuilds ? [Loss, SquaredError] : [Loss, RSquared];
        string[] held = head.IsClassifier ? [.. names, BalancedAccuracy, AveragePrecision] : names;
        return withValidation ? [.. names, .. held.Select(name => Validation + name)] : names;
    }

    /// <summary>Whether more of it is better.</summary>
    public static bool HigherIsBetter(string name) =>
        !name.EndsWith(Loss, StringComparison.Ordinal) && !name.EndsWith(SquaredError, StringComparison.Ordinal);

    /// <summary>The unit, for column names.</summary>
    public static string Unit(string name, Head head) =>
        name.EndsWith(SquaredError, StringComparison.Ordinal) ? "sum of squares"
        : !name.EndsWith(Loss, StringComparison.Ordinal) ? "share"
        : head is LinearHead ? "half mean square" : head == ReconstructionHead.Gaussian ? "half sum of squares" : "nats";

    /// <summary>The loss that settles ties of a metric: of the same rows. Null for a loss itself.</summary>
    internal static string? TieBreaker(string name) => !HigherIsBetter(name) ? null : name.StartsWith(Validation, StringComparison.Ordinal)
        ? Validation + Loss : Loss;

    /// <summary>Of the rows learned from.</summary>
    internal static IEnumerable<(string Name, double Value)> OfTraining(NetworkScore score, Head head) =>
        [(Loss, score.Loss), head.IsClassifier ? (Accuracy, score.Accuracy)
            : head.Rebuilds ? (SquaredError, score.SquaredError) : (RSquared, score.RSquared)];

    /// <summary>Of held-out rows.</summary>
    internal static IEnumerable<(string Name, double Value)> OfValidation(NetworkScore score, Head head) =>
    [
        .. OfTraining(score, head).Select(metric => (Validation + metric.Name, metric.Value)),
        .. head.IsClassifier ? ((string, double)[])[(Validation + BalancedAccuracy, score.BalancedAccuracy),
            (Validation + AveragePrecision, score.AveragePrecision)] : [],
    ];
}
