namespace Boltzmann.Training;

/// <summary>
/// The metrics that can be asked for by name. All are measured on up to 1000 rows, 5000 for models that classify, that stay the same;
/// "validation-" ones need held-out rows, "log-partition" ones persistent chains.
/// </summary>
/// <remarks>
/// Log-likelihoods and bounds are exact wherever <see cref="Exact.Reaches"/>; else log Z is annealed forwards and, as a check, backwards
/// from rows, and there is no number where the verdict on the two is
/// <see cref="BracketVerdict.NotToBeBelieved"/>.
/// </remarks>
public static class MetricCatalog
{
    internal const int AisChains = 100, AisBetas = 1000, ElboBetas = 300;
    const string CrossEntropy = "cross-entropy", Validation = "validation-";

    // Of the library's types, those that can have labels.
    static readonly Type[] withLabels = [typeof(ClassificationRbm), typeof(Dbm), typeof(LayeredModel)];

    /// <summary>The metrics themselves, to which <see cref="MetricSet.With"/> adds others.</summary>
    public static MetricSet BuiltIn { get; } = new(
    [
        new("reconstruction-error", "mean square", false, c => Reconstruction.SquaredError(c.Model, c.Training).Mean),
        new("validation-reconstruction-error", "mean square", false,
            c => c.Validation is null ? double.NaN : Reconstruction.SquaredError(c.Model, c.Validation).Mean) { NeedsValidation = true },
        new("pseudo-likelihood", "nats", true, c => PseudoLikelihood.Estimate(c.Model, c.Training, c.Rng).Mean),
        new("validation-pseudo-likelihood", "nats", true, c => c.Validation is null ? double.NaN : PseudoLikelihood.Estimate(c.Model,
            c.Validation, c.Rng).Mean) { NeedsValidation = true },
        OfRbm("free-energy-gap", "nats", false, c => c.Validation is null ? double.NaN : FreeEnergy.EstimateGap(c.Rbm, c.Training,
            c.Validation).Value) with { NeedsValidation = true },
        new("weight-norm", "root mean square", false, WeightNorm) { NeedsRows = false },
        new("hidden-activity", "mean", false, HiddenActivity),
        new("mean-field-updates", "sweeps", false, c => Infer(c).Result.Updates),
        OfRbm("log-likelihood", "nats", true, c => LogLikelihood(c, c.Training)) with
        {
            Every = 5,
            IsEstimated = true,
            Complaint = OfOneLength,
        },
        OfRbm("validation-log-likelihood", "nats", true,
            c => c.Validation is null ? double.NaN : LogLikelihood(c, c.Validation)) with
        {
            Every = 5,
            NeedsValidation = true,
            IsEstimated = true,
            Complaint = OfOneLength,
        },
        new("exact-log-likelihood", "nats", true, c => Exact.LogLikelihood(c.Model, c.Training).Mean) { Complaint = OfOneLength },
        OfRbm("completion", "perplexity", false, c => WordCompletion.Score(c.Rbm, c.Training).WordPerplexity) with
        {
            Every = 5,
            Complaint = OfWords,
        },
        OfRbm("validation-completion", "perplexity", false,
            c => c.Validation is null ? double.NaN : WordCompletion.Score(c.Rbm, c.Validation).WordPerplexity) with
        {
            Every = 5,
            NeedsValidation = true,
            Complaint = OfWords,
        },
        new("log-partition", "nats", false, c => c.LogPartition?.Value ?? double.NaN) { NeedsChains = true },
        new("log-partition-error", "nats", false, c => c.LogPartition?.StandardError ?? double.NaN) { NeedsChains = true },
        new("elbo", "nats", true, c => Bound(c, c.Training)) { Every = 5, IsEstimated = true },
        new("validation-elbo", "nats", true, c => c.Validation is null ? double.NaN : Bound(c, c.Validation))
        {
            Every = 5,
            NeedsValidation = true,
            IsEstimated = true,
        },
        .. OfLabels("accuracy", "share", true, (logs, labels) => Classification.Accuracy(logs, labels).Mean),
        .. OfLabels("balanced-accuracy", "share", true, BalancedAccuracy),
        .. OfLabels("average-precision", "share", true, (logs, labels) => AveragePrecision.Of(RowsOf(logs), labels).Macro),
        .. OfLabels(CrossEntropy, "nats", false, (logs, labels) => Classification.CrossEntropy(logs, labels).Mean),
        new("seconds", "seconds", false, c => c.Seconds) { NeedsRows = false },
        new("rows-per-second", "rows per second", true, c => c.RowsPerSecond) { NeedsRows = false },
    ]);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => BuiltIn.Names;

    /// <summary>The names of those that are defined for a type of models.</summary>
    public static IReadOnlyList<string> NamesFor<TModel>() where TModel : EnergyModel => BuiltIn.NamesFor<TModel>();

    /// <summary>Whether a type of models may have labels.</summary>
    internal static bool CanHaveLabels(Type model) => withLabels.Any(type => type.IsAssignableFrom(model));

    /// <summary>A metric from NAME or NAME:EVERY.</summary>
    /// <exception cref="BadInputException">The name is unknown, or EVERY is not a whole number of at least 1.</exception>
    public static Metric Parse(string text) => BuiltIn.Parse(text);

    static Metric OfRbm(string name, string unit, bool higherIsBetter, Func<MetricContext, MetricValue> measure) =>
        new(name, unit, higherIsBetter, measure) { ModelType = typeof(Rbm) };

    static string? OfOneLength(EnergyModel model) => !model.Layers[0].DrawsByRow ? null
        : "whose rows have a log Z for each number of draws; completion and validation-completion need none";

    static string? OfWords(EnergyModel model) => model.Layers[0] is MultinomialLayer { Blocks: 1, Draws: not 1 } ? null
        : "whose visible units are not counts of words (multinomial units with several draws, or draws by row)";

    // Of the rows learned from, and of those held out. Shares of right answers tie, so the loss of the same rows settles which epoch is the
    // better one.
    static IEnumerable<Metric> OfLabels(string name, string unit, bool higherIsBetter, Func<Matrix, int[], double> measure) =>
    [
        new(name, unit, higherIsBetter,
            c => c.TrainingLabels is null ? double.NaN : measure(c.PredictLogProbabilities(c.Training), c.TrainingLabels))
        {
            NeedsLabels = true,
            TieBreaker = higherIsBetter ? CrossEntropy : null,
        },
        new(Validation + name, unit, higherIsBetter,
            c => c.Validation is null || c.ValidationLabels is null ? double.NaN
                : measure(c.PredictLogProbabilities(c.Validation), c.ValidationLabels))
        {
            NeedsLabels = true,
            NeedsValidation = true,
            TieBreaker = higherIsBetter ? Validation + CrossEntropy : null,
        },
    ];

    static double BalancedAccuracy(Matrix logs, int[] labels) =>
        ConfusionMatrix.Of(labels, Classification.MostProbable(logs), logs.Columns).BalancedAccuracy;

    static double[][] RowsOf(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows).Select(r => matrix.ReadRow(r))];

    static MetricValue WeightNorm(MetricContext c)
    {
        double squares = 0, count = 0;
        foreach (Parameter p in c.Model.Parameters)
        {
            if (!p.IsWeight) continue;
            squares += p.Value.Summarize().SumOfSquares;
            count += (double)p.Value.Rows * p.Value.Columns;
        }
        return Math.Sqrt(squares / count);
    }

    // The first hidden layer's: the features.
    static MetricValue HiddenActivity(MetricContext c)
    {
        if (c.Model.HiddenLayers.Count == 0) return double.NaN;
        Matrix hidden = Infer(c).State[c.Model.HiddenLayers[0]];
        return hidden.Summarize().Sum / ((double)hidden.Rows * hidden.Columns);
    }

    static (MeanFieldResult Result, State State) Infer(MetricContext c)
    {
        var state = new State(c.Model, c.Training.Rows);
        c.Model.SetRows(state, c.Training);
        return (c.Inference.Infer(c.Model, state, [.. Enumerable.Range(0, c.Model.Layers.Count).Except(c.Model.RowLayers)]), state);
    }

    static MetricValue Bound(MetricContext c, Matrix rows) =>
        LogPartition(c, ElboBetas).Judge(logZ => Elbo.LogLikelihoodBound(c.Model, rows, logZ));

    static MetricValue LogLikelihood(MetricContext c, Matrix rows) =>
        LogPartition(c, AisBetas).Judge(logZ => FreeEnergy.LogLikelihood(c.Model, rows, logZ));

    // From the base rates of the rows, which shortens the path (Salakhutdinov and Murray 2008).
    static CheckedLogPartition LogPartition(MetricContext c, int betas) => c.Shared.LogPartition(betas, () =>
        CheckedLogPartition.Of(c.Model, c.Training,
            new Annealing { Chains = AisChains, Betas = betas, Start = Annealing.BaseRate(c.Model, c.Training) }, c.Rng));
}
