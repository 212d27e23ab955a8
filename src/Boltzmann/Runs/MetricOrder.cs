namespace Boltzmann.Runs;

/// <summary>Which metrics a person looks at first, which way they are better, and of which rows they are.</summary>
public static class MetricOrder
{
    const string Validation = NetworkMetric.Validation, Test = "test-", LayerPrefix = "layer-";

    // How good the model is comes first, what merely accompanies learning last; of two alike the one of held-out rows.
    static readonly string[] first = ["log-likelihood", "exact-log-likelihood", "elbo", "accuracy", "balanced-accuracy",
        "average-precision", "r-squared", "cross-entropy", "loss", "pseudo-likelihood", "prediction-error", "reconstruction-error",
        "log-partition", "free-energy-gap"];

    // These accompany learning: neither more nor less of them is better.
    static readonly string[] undirected = ["log-partition", "log-partition-error", "free-energy-gap", "weight-norm", "hidden-activity",
        "mean-field-updates", "seconds", "rows-per-second"];

    /// <summary>The names, the most important one first.</summary>
    /// <param name="names">Metrics, in any order; unknown ones keep theirs, at the end.</param>
    /// <param name="watched">What early stopping watches, which comes before all; null for none.</param>
    public static string[] Of(IEnumerable<string> names, string? watched) => [.. names.OrderBy(name => name == watched ? -1 : Rank(name))];

    /// <summary>Whether more of a metric is better; null where neither is, or the name is unknown.</summary>
    /// <param name="name">As in metrics.csv; <c>layer-2/</c> before it does not matter.</param>
    public static bool? HigherIsBetter(string name)
    {
        name = WithoutLayer(name);
        if (undirected.Contains(name)) return null;
        if (MetricCatalog.Names.Contains(name)) return MetricCatalog.Parse(name).HigherIsBetter;
        // Of networks, and of rows that are named otherwise.
        string bare = name.StartsWith(Validation, StringComparison.Ordinal) ? name[Validation.Length..]
            : IsOfTest(name) ? name[Test.Length..] : name;
        if (!first.Contains(bare) || undirected.Contains(bare)) return null;
        return MetricCatalog.Names.Contains(bare) ? MetricCatalog.Parse(bare).HigherIsBetter
            : !bare.EndsWith("-error", StringComparison.Ordinal) && NetworkMetric.HigherIsBetter(bare);
    }

    /// <summary>The rows that a metric is of, in words: "held-out rows", "test rows", "training rows"; empty where it is of none.</summary>
    public static string RowsOf(string name)
    {
        name = WithoutLayer(name);
        return IsOfTest(name) ? "test rows" : IsHeldOut(name) || name == "free-energy-gap" ? "held-out rows"
            : name is "weight-norm" or "log-partition" or "seconds" or "rows-per-second" ? "" : "training rows";
    }

    /// <summary>Whether a metric is of held-out rows, by which settings may be chosen.</summary>
    public static bool IsHeldOut(string name) => WithoutLayer(name).StartsWith(Validation, StringComparison.Ordinal);

    /// <summary>Whether a metric is of the test split, by which nothing may be chosen.</summary>
    public static bool IsOfTest(string name) => WithoutLayer(name).StartsWith(Test, StringComparison.Ordinal);

    /// <summary>The name of a metric of one layer's machine of a deep network.</summary>
    internal static string OfLayer(int layer, string name) => $"{LayerPrefix}{layer}/{name}";

    static string WithoutLayer(string name) =>
        name.StartsWith(LayerPrefix, StringComparison.Ordinal) && name.IndexOf('/') is > 0 and int end ? name[(end + 1)..] : name;

    // Of two layers the upper one, which the whole model is.
    static int Rank(string name)
    {
        string bare = WithoutLayer(name);
        bool isHeldOut = IsHeldOut(name);
        int place = Array.IndexOf(first, isHeldOut ? bare[Validation.Length..] : bare);
        return place < 0 ? int.MaxValue : 2 * place + (isHeldOut ? 0 : 1);
    }
}
