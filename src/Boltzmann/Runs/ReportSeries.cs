namespace Boltzmann.Runs;

/// <summary>A column of metrics.csv as a curve over the epochs.</summary>
static class ReportSeries
{
    /// <summary>The curve; null where the column has no number.</summary>
    public static MetricSeries? Of(MetricsTable metrics, string name, string unit)
    {
        if (!metrics.Columns.Contains(name)) return null;
        double?[] epochs = metrics.Column(MetricColumns.Epoch), values = metrics.Column(name);
        ChartPoint[] points = [.. Enumerable.Range(0, metrics.Rows).Where(r => values[r] is double y && double.IsFinite(y))
            .Select(r => new ChartPoint(epochs[r]!.Value, values[r]!.Value))];
        return points.Length == 0 ? null : new(MetricWords.Of(name), unit, points);
    }
}
