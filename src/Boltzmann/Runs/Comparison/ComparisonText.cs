namespace Boltzmann.Runs;

/// <summary>A comparison as tables for people.</summary>
public static class ComparisonText
{
    /// <summary>How many further metrics tables have unless stated.</summary>
    public const int FurtherMetrics = 5;

    /// <summary>
    /// A row for each run: the metric last and at its best, what differs in settings, time, and the last of further metrics.
    /// </summary>
    /// <param name="comparison">What is compared.</param>
    /// <param name="metric">A name from <see cref="RunComparison.Metrics"/>; null where nothing was measured.</param>
    /// <param name="further">How many further metrics it has at most, the most important ones.</param>
    public static TextTable EachRun(RunComparison comparison, string? metric, int further = FurtherMetrics)
    {
        string[] others = Others(comparison, metric, further);
        bool hasBest = metric is not null && comparison.Runs.Any(run => run.Metrics.Find(metric)?.Best is not null);
        bool hasSeeds = comparison.Runs.Select(run => run.Seed).Distinct().Count() > 1;
        var table = new TextTable(["run", "model", .. metric is null ? (string[])[] : [Title(metric), .. hasBest ? ["best"] : (string[])[]],
            .. hasSeeds ? ["seed"] : (string[])[], .. comparison.Varied.Where(IsColumn), "epochs", "time", .. others]);
        foreach (ComparedRun run in comparison.Runs)
        {
            MetricCurve? curve = metric is null ? null : run.Metrics.Find(metric);
            table.Add([run.Name, run.Model, .. metric is null ? (string[])[] : [Cell(curve?.Last), .. hasBest ? [BestCell(curve)]
                : (string[])[]], .. hasSeeds ? [run.Seed] : (string[])[], .. comparison.Varied.Where(IsColumn).Select(run.Setting),
                $"{run.Metrics.Epochs}{(run.IsFinished ? "" : " (unfinished)")}", Time(run.Metrics.Seconds),
                .. others.Select(name => Cell(run.Metrics.Find(name)?.Last))]);
        }
        return table;
    }

    /// <summary>A row for each group: the mean of last values over seeds with its standard error, and how many runs it is of.</summary>
    /// <inheritdoc cref="EachRun"/>
    public static TextTable OverSeeds(RunComparison comparison, string? metric, int further = FurtherMetrics)
    {
        string[] shown = [.. metric is null ? (string[])[] : [metric], .. Others(comparison, metric, further)];
        var table = new TextTable(["runs", "model", .. shown.Take(1).Select(Title), "seeds", .. comparison.Varied, "time each",
            .. shown.Skip(1)]);
        foreach (RunGroup group in comparison.Groups)
        {
            string[] means = [.. shown.Select(name => Mean(group, name))];
            double[] seconds = [.. group.Runs.Select(run => run.Metrics.Seconds)];
            table.Add([group.Name, group.Runs[0].Model, .. means.Take(1), $"{group.Runs.Count}",
                .. comparison.Varied.Select(group.Runs[0].Setting), Time(seconds.Average()), .. means.Skip(1)]);
        }
        return table;
    }

    /// <summary>The name of a metric with the rows that it is of.</summary>
    public static string Title(string metric) => MetricOrder.RowsOf(metric) is { Length: > 0 } rows && rows != "training rows"
        ? $"{metric} ({rows})" : metric;

    static string[] Others(RunComparison comparison, string? metric, int most) =>
        [.. comparison.Metrics.Where(name => name != metric).Take(most)];

    // Each run has a column of the epochs that it has come to.
    static bool IsColumn(string setting) => setting != "epochs";

    static string Mean(RunGroup group, string metric)
    {
        if (group.Last(metric) is not Score score) return "";
        string count = score.PerRow.Count < group.Runs.Count ? $" ({score.PerRow.Count} of {group.Runs.Count})" : "";
        return group.Runs.Count == 1 ? Cell(group.Runs[0].Metrics.Find(metric)?.Last)
            : $"{NumberText.WithError(score.Mean, score.StandardError)}{count}";
    }

    static string BestCell(MetricCurve? curve) => curve?.Best is not MetricReading best ? ""
        : $"{NumberText.Short(best.Value)} after {best.Epoch}";

    /// <summary>A reading with its error: −85.34 ± 0.21; n/a where it is not to be believed; empty for none.</summary>
    internal static string Cell(MetricReading? reading) => reading is not MetricReading one ? "" : double.IsNaN(one.Value) ? "n/a"
        : NumberText.WithError(one.Value, one.StandardError ?? double.NaN);

    internal static string Time(double seconds) => seconds <= 0 ? "" : seconds < 100 ? $"{seconds:F1} s" : seconds < 5400
        ? $"{seconds / 60:F1} min" : $"{seconds / 3600:F1} h";
}
