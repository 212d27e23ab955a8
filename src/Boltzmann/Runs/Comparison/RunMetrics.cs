namespace Boltzmann.Runs;

/// <summary>
/// The metrics of a run by their names, read from its metrics.csv, finished or live: values with their standard errors, epoch by epoch.
/// </summary>
public sealed class RunMetrics
{
    readonly List<MetricCurve> curves = [];

    RunMetrics() { }

    /// <summary>The curves, the most important first (<see cref="MetricOrder"/>).</summary>
    public IReadOnlyList<MetricCurve> Curves => curves;

    /// <summary>The names of the metrics, the most important first.</summary>
    public IReadOnlyList<string> Names => [.. curves.Select(curve => curve.Name)];

    /// <summary>Epochs that the run has completed; of a deep network all layers' together.</summary>
    public int Epochs { get; private init; }

    /// <summary>Seconds that the run has spent in updates; 0 where that is not known.</summary>
    public double Seconds { get; private init; }

    /// <summary>The curve of a metric; null where it was not measured.</summary>
    public MetricCurve? Find(string name) => curves.Find(curve => curve.Name == name);

    /// <summary>Reads the metrics of a run; a run that has measured nothing yet has none.</summary>
    /// <exception cref="BadInputException">metrics.csv is damaged; the message names line and column.</exception>
    public static RunMetrics Read(RunFolder folder)
    {
        MetricsTable table = MetricsTable.Open(folder.MetricsPath);
        string[] columns = [.. table.Columns];
        var metrics = new RunMetrics
        {
            Epochs = table.Rows,
            Seconds = EpochTimes.Sum(table),
        };
        if (!columns.Contains(MetricColumns.Epoch)) return metrics;
        int[] layers = columns.Contains(MetricColumns.Layer)
            ? [.. table.Column(MetricColumns.Layer).Select(layer => (int)(layer ?? 0))] : new int[table.Rows];
        foreach (string column in columns.Where(name => IsMetric(name, columns)))
            foreach (int layer in layers.Distinct().OrderDescending())
            {
                string error = MetricColumns.ErrorOf(column);
                MetricReading[] readings = [.. Readings(table, column, columns.Contains(error) ? error : null, layers, layer)];
                if (readings.Length > 0)
                    metrics.curves.Add(new(layer == 0 ? column : MetricOrder.OfLayer(layer, column), UnitOf(column, folder), readings));
            }
        string[] order = MetricOrder.Of(metrics.Names, null);
        metrics.curves.Sort((a, b) => Array.IndexOf(order, a.Name) - Array.IndexOf(order, b.Name));
        return metrics;
    }

    static IEnumerable<MetricReading> Readings(MetricsTable table, string column, string? error, int[] layers, int layer)
    {
        double?[] epochs = table.Column(MetricColumns.Epoch), values = table.Column(column),
            errors = error is null ? [] : table.Column(error);
        for (int row = 0; row < table.Rows; row++)
            if (layers[row] == layer && epochs[row] is double epoch && values[row] is double value)
                yield return new((int)epoch, value, error is null ? null : errors[row]);
    }

    // Counters are not metrics, nor is what says how far another column may be believed.
    static bool IsMetric(string column, string[] columns) =>
        column is not (MetricColumns.Epoch or MetricColumns.Layer or MetricColumns.Seconds or MetricColumns.RowsPerSecond)
        && !columns.Any(other => column == MetricColumns.ErrorOf(other) || column == MetricColumns.SamplesOf(other));

    // Runs of before 0.2 do not say it.
    static string UnitOf(string name, RunFolder folder) => folder.Settings.Units.TryGetValue(name, out string? unit) ? unit
        : MetricCatalog.Names.Contains(name) ? MetricCatalog.Parse(name).Unit : "";
}
