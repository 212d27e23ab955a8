namespace Boltzmann.Cli.Training;

/// <summary>Which metrics a person looks at first.</summary>
static class MetricOrder
{
    const string Validation = "validation-";

    // How good the model is comes first, what merely accompanies learning last; of two alike the one of held-out rows.
    static readonly string[] first = ["log-likelihood", "exact-log-likelihood", "elbo", "accuracy", "balanced-accuracy",
        "average-precision", "r-squared", "cross-entropy", "loss", "pseudo-likelihood", "prediction-error", "reconstruction-error",
        "log-partition", "free-energy-gap"];

    /// <summary>The names, the most important one first.</summary>
    /// <param name="names">Metrics, in any order; those not known here keep theirs, at the end.</param>
    /// <param name="watched">What early stopping watches, which comes before all; null for none.</param>
    public static string[] Of(IEnumerable<string> names, string? watched) => [.. names.OrderBy(name => name == watched ? -1 : Rank(name))];

    static int Rank(string name)
    {
        bool isHeldOut = name.StartsWith(Validation, StringComparison.Ordinal);
        int place = Array.IndexOf(first, isHeldOut ? name[Validation.Length..] : name);
        return place < 0 ? int.MaxValue : 2 * place + (isHeldOut ? 0 : 1);
    }
}
