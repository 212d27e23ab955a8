namespace Boltzmann.Training;

/// <summary>A number measured after epochs.</summary>
/// <param name="Name">As on the command line and in metrics.csv: "reconstruction-error".</param>
/// <param name="Unit">"nats", "mean square", "rows per second".</param>
/// <param name="HigherIsBetter">For early stopping.</param>
/// <param name="Measure">Its value; NaN where it is not defined. A plain number will do where nothing is estimated.</param>
public sealed record Metric(string Name, string Unit, bool HigherIsBetter, Func<MetricContext, MetricValue> Measure)
{
    /// <summary>Measured after every so many epochs, and after the last.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether it is NaN without held-out rows; then early stopping cannot watch it.</summary>
    public bool NeedsValidation { get; init; }

    /// <summary>Whether it looks at rows: where none of the training's is complete there is no number, and the reason with it.</summary>
    public bool NeedsRows { get; init; } = true;

    /// <summary>Whether it follows persistent chains, so that an estimator needs to have them; a trainer refuses it with others.</summary>
    public bool NeedsChains { get; init; }

    /// <summary>
    /// Whether it may rest on an estimate, of log Z, so that an error and an effective sample size stand beside it.
    /// </summary>
    public bool IsEstimated { get; init; }

    /// <summary>
    /// Whether it compares what a machine with labels predicts, so that the model needs to have them; a trainer refuses it for others.
    /// </summary>
    public bool NeedsLabels { get; init; }

    /// <summary>
    /// The metric, lower being better, that tells which of two epochs is the better one where this metric ties; null for none. It counts
    /// where it is measured, too.
    /// </summary>
    public string? TieBreaker { get; init; }

    /// <summary>The type of models that it is defined for; a trainer refuses it for others.</summary>
    public Type ModelType { get; init; } = typeof(EnergyModel);

    /// <summary>
    /// Why a model of that type has no such number, in words that follow a comma; null where it has one. A trainer refuses the metric.
    /// </summary>
    public Func<EnergyModel, string?> Complaint { get; init; } = _ => null;
}
