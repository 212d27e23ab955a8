namespace Boltzmann;

/// <summary>The numbers that are known after each epoch of a network's training, by name.</summary>
public static class NetworkMetric
{
    /// <summary>Mean loss of the epoch's rows as they were learned from, dropout included.</summary>
    public const string Loss = "loss";

    /// <summary>Share of those rows whose most probable class was right.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>R² of those rows.</summary>
    public const string RSquared = "r-squared";

    /// <summary>What a name begins with when it is measured on held-out rows, without dropout.</summary>
    public const string Validation = "validation-";

    /// <summary>The names for a kind of network.</summary>
    public static IReadOnlyList<string> Names(Head head, bool withValidation)
    {
        string[] names = head.IsClassifier ? [Loss, Accuracy] : [Loss, RSquared];
        return withValidation ? [.. names, .. names.Select(name => Validation + name)] : names;
    }

    /// <summary>Whether more of it is better.</summary>
    public static bool HigherIsBetter(string name) => !name.EndsWith(Loss, StringComparison.Ordinal);

    /// <summary>The unit, for column names.</summary>
    public static string Unit(string name, Head head) => !name.EndsWith(Loss, StringComparison.Ordinal) ? "share" : head is LinearHead ? "half mean square" : "nats";

    internal static IEnumerable<(string Name, double Value)> Values(NetworkScore score, Head head, string prefix) => head.IsClassifier
        ? [(prefix + Loss, score.Loss), (prefix + Accuracy, score.Accuracy)]
        : [(prefix + Loss, score.Loss), (prefix + RSquared, score.RSquared)];
}
