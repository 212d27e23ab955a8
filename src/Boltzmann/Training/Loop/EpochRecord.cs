namespace Boltzmann.Training;

/// <summary>What is known after an epoch.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Metrics">Those measured after this epoch, by name.</param>
/// <param name="Seconds">Time spent in updates, metrics not included.</param>
/// <param name="RowsPerSecond">Training rows per second.</param>
/// <param name="Stopped">Why training ends here; null while it goes on.</param>
public sealed record EpochRecord(int Number, IReadOnlyDictionary<string, double> Metrics, double Seconds, double RowsPerSecond,
    string? Stopped)
{
    /// <summary>
    /// Those of the metrics that rest on an estimate, with its error and verdict; a metric that is NaN here has its reason.
    /// </summary>
    public IReadOnlyDictionary<string, MetricValue> Estimates { get; init; } = new Dictionary<string, MetricValue>();
}
