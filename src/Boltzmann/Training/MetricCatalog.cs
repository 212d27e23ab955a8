using System.Globalization;

namespace Boltzmann;

/// <summary>The metrics that can be asked for by name. All are measured on up to 1000 rows that stay the same; "validation-" ones need held-out rows.</summary>
public static class MetricCatalog
{
    const int AisChains = 100, AisBetas = 1000;

    static readonly Metric[] all =
    [
        new("reconstruction-error", "mean square", false, c => Reconstruction.SquaredError(c.Model, c.Training).Mean),
        new("validation-reconstruction-error", "mean square", false, c => c.Validation is null ? double.NaN : Reconstruction.SquaredError(c.Model, c.Validation).Mean) { NeedsValidation = true },
        new("pseudo-likelihood", "nats", true, c => PseudoLikelihood.Estimate(c.Model, c.Training, c.Rng).Mean),
        new("validation-pseudo-likelihood", "nats", true, c => c.Validation is null ? double.NaN : PseudoLikelihood.Estimate(c.Model, c.Validation, c.Rng).Mean) { NeedsValidation = true },
        new("free-energy-gap", "nats", false, c => c.Validation is null ? double.NaN : FreeEnergy.EstimateGap(c.Model, c.Training, c.Validation).Value) { NeedsValidation = true },
        new("weight-norm", "root mean square", false, c => Math.Sqrt(c.Model.Weights.Summarize().SumOfSquares / ((double)c.Model.Weights.Rows * c.Model.Weights.Columns))),
        new("hidden-activity", "mean", false, c => c.Model.Transform(c.Training).Summarize().Sum / ((double)c.Training.Rows * c.Model.Hidden.Units)),
        new("log-likelihood", "nats (AIS)", true, c => AisLogLikelihood(c, c.Training)) { Every = 5 },
        new("validation-log-likelihood", "nats (AIS)", true, c => c.Validation is null ? double.NaN : AisLogLikelihood(c, c.Validation)) { Every = 5, NeedsValidation = true },
        new("exact-log-likelihood", "nats", true, c => Exact.LogLikelihood(c.Model, c.Training).Mean),
        new("seconds", "s", false, c => c.Seconds),
        new("rows-per-second", "rows/s", true, c => c.RowsPerSecond),
    ];

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => [.. all.Select(m => m.Name)];

    /// <summary>A metric from NAME or NAME:EVERY.</summary>
    /// <exception cref="BadInputException">The name is unknown, or EVERY is not a whole number of at least 1.</exception>
    public static Metric Parse(string text)
    {
        string[] parts = text.Split(':');
        Metric metric = all.FirstOrDefault(m => m.Name == parts[0])
            ?? throw new BadInputException($"there is no metric '{parts[0]}'; known are {string.Join(", ", Names)}");
        if (parts.Length == 1) return metric;
        if (parts.Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int every) || every < 1)
            throw new BadInputException($"'{text}' does not say after how many epochs to measure; expected {parts[0]}:N with N at least 1");
        return metric with { Every = every };
    }

    // From the base rates of the rows, which shortens the path (Salakhutdinov and Murray 2008).
    static double AisLogLikelihood(MetricContext c, Matrix rows)
    {
        var annealing = new Annealing { Chains = AisChains, Betas = AisBetas, Start = Annealing.BaseRate(c.Model, c.Training) };
        return FreeEnergy.LogLikelihood(c.Model, rows, AnnealedImportanceSampling.Estimate(c.Model, annealing, c.Rng).Value).Mean;
    }
}
