namespace Boltzmann;

/// <summary>The metrics that can be asked for by name. All are measured on up to 1000 rows, 5000 for models that classify, that stay the same; "validation-" ones need held-out rows, "log-partition" ones persistent chains.</summary>
public static class MetricCatalog
{
    const int AisChains = 100, AisBetas = 1000, ElboBetas = 300;

    /// <summary>The metrics themselves, to which <see cref="MetricSet.With"/> adds others.</summary>
    public static MetricSet BuiltIn { get; } = new(
    [
        new("reconstruction-error", "mean square", false, c => Reconstruction.SquaredError(c.Model, c.Training).Mean),
        new("validation-reconstruction-error", "mean square", false, c => c.Validation is null ? double.NaN : Reconstruction.SquaredError(c.Model, c.Validation).Mean) { NeedsValidation = true },
        new("pseudo-likelihood", "nats", true, c => PseudoLikelihood.Estimate(c.Model, c.Training, c.Rng).Mean),
        new("validation-pseudo-likelihood", "nats", true, c => c.Validation is null ? double.NaN : PseudoLikelihood.Estimate(c.Model, c.Validation, c.Rng).Mean) { NeedsValidation = true },
        OfRbm("free-energy-gap", "nats", false, c => c.Validation is null ? double.NaN : FreeEnergy.EstimateGap(c.Rbm, c.Training, c.Validation).Value) with { NeedsValidation = true },
        new("weight-norm", "root mean square", false, WeightNorm),
        new("hidden-activity", "mean", false, HiddenActivity),
        new("mean-field-updates", "sweeps", false, c => Infer(c).Result.Updates),
        OfRbm("log-likelihood", "nats (AIS)", true, c => AisLogLikelihood(c, c.Training)) with { Every = 5 },
        OfRbm("validation-log-likelihood", "nats (AIS)", true, c => c.Validation is null ? double.NaN : AisLogLikelihood(c, c.Validation)) with { Every = 5, NeedsValidation = true },
        new("exact-log-likelihood", "nats", true, c => Exact.LogLikelihood(c.Model, c.Training).Mean),
        new("log-partition", "nats", false, c => c.LogPartition?.Value ?? double.NaN) { NeedsChains = true },
        new("log-partition-error", "nats", false, c => c.LogPartition?.StandardError ?? double.NaN) { NeedsChains = true },
        new("elbo", "nats (AIS)", true, c => AisElbo(c, c.Training)) { Every = 5 },
        new("validation-elbo", "nats (AIS)", true, c => c.Validation is null ? double.NaN : AisElbo(c, c.Validation)) { Every = 5, NeedsValidation = true },
        OfClassifier("accuracy", "share", true, c => Accuracy(c, c.Training, c.TrainingLabels)),
        OfClassifier("validation-accuracy", "share", true, c => Accuracy(c, c.Validation, c.ValidationLabels)) with { NeedsValidation = true },
        OfClassifier("cross-entropy", "nats", false, c => CrossEntropy(c, c.Training, c.TrainingLabels)),
        OfClassifier("validation-cross-entropy", "nats", false, c => CrossEntropy(c, c.Validation, c.ValidationLabels)) with { NeedsValidation = true },
        new("seconds", "s", false, c => c.Seconds),
        new("rows-per-second", "rows/s", true, c => c.RowsPerSecond),
    ]);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => BuiltIn.Names;

    /// <summary>The names of those that are defined for a type of models.</summary>
    public static IReadOnlyList<string> NamesFor<TModel>() where TModel : EnergyModel => BuiltIn.NamesFor<TModel>();

    /// <summary>A metric from NAME or NAME:EVERY.</summary>
    /// <exception cref="BadInputException">The name is unknown, or EVERY is not a whole number of at least 1.</exception>
    public static Metric Parse(string text) => BuiltIn.Parse(text);

    static Metric OfRbm(string name, string unit, bool higherIsBetter, Func<MetricContext, double> measure) =>
        new(name, unit, higherIsBetter, measure) { ModelType = typeof(Rbm) };

    static Metric OfClassifier(string name, string unit, bool higherIsBetter, Func<MetricContext, double> measure) =>
        new(name, unit, higherIsBetter, measure) { ModelType = typeof(ClassificationRbm) };

    static double WeightNorm(MetricContext c)
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

    static double Accuracy(MetricContext c, Matrix? rows, int[]? labels) =>
        rows is null || labels is null ? double.NaN : Classification.Accuracy(c.Classifier.PredictLogProbabilities(rows), labels).Mean;

    static double CrossEntropy(MetricContext c, Matrix? rows, int[]? labels) =>
        rows is null || labels is null ? double.NaN : Classification.CrossEntropy(c.Classifier.PredictLogProbabilities(rows), labels).Mean;

    // The first hidden layer's: the features.
    static double HiddenActivity(MetricContext c)
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

    static double AisElbo(MetricContext c, Matrix rows)
    {
        var annealing = new Annealing { Chains = AisChains, Betas = ElboBetas, Start = Annealing.BaseRate(c.Model, c.Training) };
        return Elbo.LogLikelihoodBound(c.Model, rows, AnnealedImportanceSampling.Estimate(c.Model, annealing, c.Rng).Value).Mean;
    }

    // From the base rates of the rows, which shortens the path (Salakhutdinov and Murray 2008).
    static double AisLogLikelihood(MetricContext c, Matrix rows)
    {
        var annealing = new Annealing { Chains = AisChains, Betas = AisBetas, Start = Annealing.BaseRate(c.Rbm, c.Training) };
        return FreeEnergy.LogLikelihood(c.Rbm, rows, AnnealedImportanceSampling.Estimate(c.Rbm, annealing, c.Rng).Value).Mean;
    }
}
