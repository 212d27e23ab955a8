namespace Boltzmann.Inference;

/// <summary>The features of rows as points of a plane, a colour per class.</summary>
static class FeatureMap
{
    const int Side = 720;

    /// <summary>The map as SVG.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="transform">Makes features of them.</param>
    /// <param name="placement">Where they are made.</param>
    /// <param name="context">Seed, threads, Ctrl-C.</param>
    public static string Draw(Dataset data, Func<Matrix, Matrix> transform, Placement placement, RunContext context)
    {
        Matrix features = transform(data.ToMatrix(placement));
        // A small set has no thirty neighbours for every row.
        var options = new TSneOptions { Seed = context.Seed, Threads = context.Threads };
        options = options with { Perplexity = Math.Min(options.Perplexity, (data.Count - 1) / 3.0) };
        double[,] map = TSne.Map(features, options, context.Interrupted);
        var points = Enumerable.Range(0, data.Count).GroupBy(row => data.Labels?[row] ?? 0).OrderBy(group => group.Key);
        ChartSeries[] series = [.. points.Select(group => new ChartSeries(NameOf(data, group.Key),
            [.. group.Select(row => new ChartPoint(map[row, 0], map[row, 1]))]))];
        var frame = new ChartFrame($"{data.Name}: {data.Count:N0} rows by their {features.Columns} features, perplexity "
            + $"{NumberText.Short(options.Perplexity)}")
        { Width = Side, Height = Side };
        return SvgChart.Scatter(frame, series);
    }

    static string NameOf(Dataset data, int label) => data.Labels is null ? "" : data.LabelNames?[label] ?? $"{label}";
}
