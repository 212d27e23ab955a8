namespace Boltzmann.Reporting;

/// <summary>What one metric did over the epochs.</summary>
/// <param name="Name">The metric: "reconstruction error", "pseudo-likelihood", "log-likelihood (AIS)".</param>
/// <param name="Unit">Its unit: "nats per row"; empty for none.</param>
/// <param name="Points">(epoch, value), with the ends of its error where known.</param>
public sealed record MetricSeries(string Name, string Unit, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Series with the same chart share one picture, such as training and validation; by default each has its own.</summary>
    public string? Chart { get; init; }

    /// <summary>A sentence on how to read it; when null, the report's own for metrics it knows.</summary>
    public string? Explanation { get; init; }

    /// <summary>A share, whose axis begins at 0.</summary>
    public bool IsShare { get; init; }

    /// <summary>A logarithmic vertical axis.</summary>
    public bool LogScale { get; init; }
}
