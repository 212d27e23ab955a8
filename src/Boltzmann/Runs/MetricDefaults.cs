namespace Boltzmann.Runs;

/// <summary>What the training of each kind of model takes and measures unless stated.</summary>
public static class MetricDefaults
{
    /// <summary>Whether a kind of model can be trained by pseudo-likelihood from the command line.</summary>
    public static bool TakesPseudoLikelihood(ModelKind kind) => kind == ModelKind.Rbm || kind == ModelKind.Bm || kind == ModelKind.Graph;

    /// <summary>What is measured of machines with labels unless stated.</summary>
    public static IReadOnlyList<string> ClassifierMetrics { get; } = ["cross-entropy", "validation-cross-entropy", "accuracy",
        "validation-accuracy", "weight-norm"];

    /// <summary>What is measured unless stated of machines whose layers learn all at once.</summary>
    public static IReadOnlyList<string> MachineMetrics(ModelKind kind) =>
        [.. ((string[])["reconstruction-error", "weight-norm", "hidden-activity", "validation-elbo"]).Intersect(NamesFor(kind))];

    /// <summary>The metrics of machines whose layers learn all at once.</summary>
    public static IReadOnlyList<string> NamesFor(ModelKind kind) => kind == ModelKind.Bm ? MetricCatalog.NamesFor<BoltzmannMachine>()
        : kind == ModelKind.Graph ? MetricCatalog.NamesFor<LayeredModel>() : MetricCatalog.NamesFor<Dbm>();

    /// <summary>What is measured of others unless stated.</summary>
    /// <param name="areListed">Whether the values of visible units can be listed, as pseudo-likelihood needs them.</param>
    /// <param name="areDocuments">Whether rows have draws of their own.</param>
    public static IEnumerable<string> DefaultMetrics(bool areListed, bool areDocuments = false) => areDocuments
        ? ["reconstruction-error", "completion", "validation-completion", "weight-norm", "hidden-activity"] :
        ((string[])["reconstruction-error", "pseudo-likelihood", "free-energy-gap", "weight-norm", "hidden-activity",
            "validation-log-likelihood"]).Where(m => areListed || m != "pseudo-likelihood");
}
