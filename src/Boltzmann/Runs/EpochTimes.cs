namespace Boltzmann.Runs;

/// <summary>What metrics.csv says of the time of each epoch, whatever is trained.</summary>
static class EpochTimes
{
    /// <summary>The cells of an epoch.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Of(EpochRecord epoch) =>
    [
        new(MetricColumns.Seconds, Math.Round(epoch.Seconds, 3)),
        new(MetricColumns.RowsPerSecond, Math.Round(epoch.RowsPerSecond)),
    ];

    /// <summary>Their units, to which those of metrics are added.</summary>
    public static Dictionary<string, string> Units() => new()
    {
        [MetricColumns.Seconds] = "seconds",
        [MetricColumns.RowsPerSecond] = "rows per second",
    };

    /// <summary>The seconds of all epochs; 0 where none were written.</summary>
    public static double Sum(MetricsTable metrics) =>
        metrics.Columns.Contains(MetricColumns.Seconds) ? metrics.Column(MetricColumns.Seconds).Sum() ?? 0 : 0;
}
