namespace Boltzmann.Runs;

/// <summary>What a metric did in a run.</summary>
/// <param name="Name">As in metrics.csv; <c>layer-2/</c> stands before metrics of a deep network's layer.</param>
/// <param name="Unit">"nats"; empty where none is known.</param>
/// <param name="Readings">In the order of the epochs.</param>
public sealed record MetricCurve(string Name, string Unit, IReadOnlyList<MetricReading> Readings)
{
    /// <summary>What was measured last; its value may be NaN.</summary>
    public MetricReading? Last => Readings.Count == 0 ? null : Readings[^1];

    /// <summary>
    /// The best reading; null where neither more nor less is better, where nothing finite was measured, and for metrics of the test split,
    /// by which no epoch may be chosen.
    /// </summary>
    public MetricReading? Best
    {
        get
        {
            if (MetricOrder.IsOfTest(Name) || MetricOrder.HigherIsBetter(Name) is not bool higher) return null;
            MetricReading[] finite = [.. Readings.Where(reading => double.IsFinite(reading.Value))];
            return finite.Length == 0 ? null : higher ? finite.MaxBy(reading => reading.Value) : finite.MinBy(reading => reading.Value);
        }
    }

    /// <summary>What was measured after an epoch; null for nothing.</summary>
    public MetricReading? At(int epoch) => Readings.Where(reading => reading.Epoch == epoch).Select(reading => (MetricReading?)reading)
        .LastOrDefault();
}
