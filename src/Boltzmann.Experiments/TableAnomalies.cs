namespace Boltzmann.Experiments;

/// <summary>
/// Odd rows of tables by <see cref="AnomalyDetector"/> with its defaults, in two protocols: all rows learned and scored without labels;
/// and the normal rows of even number learned, all others scored.
/// </summary>
sealed class TableAnomalies(ExperimentContext context, Measurements kept)
{
    /// <summary>The tables, whose last column is 1 for odd rows.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["thyroid", "cardio"];

    /// <summary>The protocols.</summary>
    public static IReadOnlyList<string> Protocols { get; } = ["all rows", "one class"];

    /// <summary>A table and a protocol for each number of <see cref="Areas"/>.</summary>
    public static IEnumerable<(string Table, string Protocol)> Parts =>
        from table in Tables from protocol in Protocols select (table, protocol);

    /// <summary>Areas under ROC curves: for each part those of the seeds.</summary>
    /// <param name="name">Of the settings, for the file of measurements.</param>
    /// <param name="settings">The detector's.</param>
    /// <param name="seeds">How many.</param>
    public double[][] Areas(string name, AnomalySettings settings, int seeds) => [.. Parts.Select(part => kept.Once(
        $"{name}, {part.Table}, {part.Protocol}", () =>
        {
            var (training, judged, isOdd) = Rows(part.Table, part.Protocol);
            return [.. Enumerable.Range(0, seeds).Select(s =>
            {
                context.Interrupted.ThrowIfCancellationRequested();
                var detector = new AnomalyDetector(settings with { Seed = context.Seed + (ulong)s }, context.Placement);
                detector.Fit(training, cancellation: context.Interrupted);
                double area = RocAuc.Of(detector.Score(judged), isOdd).Value;
                context.Say($"{part.Table}, {part.Protocol}, {name}, seed {context.Seed + (ulong)s}: {area:F4}");
                return area;
            })];
        }))];

    /// <summary>The same of independent columns: the sum of squares of their normal scores.</summary>
    public double[][] IndependentColumns() => [.. Parts.Select(part =>
    {
        var (training, judged, isOdd) = Rows(part.Table, part.Protocol);
        Matrix scaled = TableScale.Fit(training, normalScores: true).Transform(judged).ToMatrix(context.Placement.Double);
        double[] scores = [.. Enumerable.Range(0, scaled.Rows).Select(r => scaled.ReadRow(r).Sum(z => z * z))];
        return (double[])[RocAuc.Of(scores, isOdd).Value];
    })];

    (Dataset Training, Dataset Judged, bool[] IsOdd) Rows(string table, string protocol)
    {
        Dataset all = context.Data.Open(table, new() { Csv = new() { LabelColumn = "-1" } });
        bool[] isOdd = [.. all.Labels!.Select(label => all.LabelNames![label] == "1")];
        if (protocol == Protocols[0]) return (all, all, isOdd);
        int[] learned = [.. Enumerable.Range(0, all.Count).Where(r => !isOdd[r] && r % 2 == 0)],
            others = [.. Enumerable.Range(0, all.Count).Where(r => isOdd[r] || r % 2 == 1)];
        return (all.Select(learned), all.Select(others), [.. others.Select(r => isOdd[r])]);
    }
}
