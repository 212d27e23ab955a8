namespace Boltzmann.Runs;

/// <summary>The page of a comparison: curves over each other, tables, the settings that differ. One file that fetches nothing.</summary>
public static class ComparisonReport
{
    /// <summary>The page as HTML.</summary>
    /// <param name="comparison">What is compared.</param>
    /// <param name="metric">The metric that comes first, a name from <see cref="RunComparison.Metrics"/>; null where nothing was
    /// measured.</param>
    /// <param name="commandLine">What makes the page anew; empty for nothing.</param>
    /// <param name="title">The heading.</param>
    public static string Render(RunComparison comparison, string? metric, string commandLine = "", string title = "Comparison of runs")
    {
        var page = new HtmlReport(title, Subtitle(comparison));
        foreach (string note in comparison.Notes) page.Paragraph($"{note}.");
        string[] others = [.. comparison.Metrics.Where(name => name != metric)];
        // What a single one has measured is not compared with anything.
        string[] alone = [.. others.Where(name => comparison.Groups.Count > 1 && Measured(comparison, name).Length < 2)];
        string[] shown = [.. metric is null ? (string[])[] : [metric], .. others.Except(alone)];
        ReportChart[] charts = [.. shown.Select(name => Chart(comparison, name))];
        if (comparison.HasSeeds)
            page.Heading("Over seeds").Paragraph("Runs with the same settings but for the seed together: the mean of their last values ± "
                + "its standard error over seeds.").Table(ComparisonText.OverSeeds(comparison, metric, further: 2));
        page.Heading("Each run").Table(ComparisonText.EachRun(comparison, metric, further: 0));
        if (charts.Length > 0) page.Heading("How learning went").Charts(charts);
        if (alone.Length > 0) page.Paragraph($"Without a curve, because only one has measured it: {string.Join(", ", alone)}.");
        page.Heading("Settings that differ");
        if (comparison.Differing.Count == 0) page.Paragraph("None but the seed.");
        else page.Table(Settings(comparison));
        if (commandLine != "") page.Heading("Repeat it").Code(commandLine);
        return page.Footer($"Boltzmann {typeof(Rbm).Assembly.GetName().Version?.ToString(3)}.").ToString();
    }

    static string Subtitle(RunComparison comparison)
    {
        string models = string.Join(", ", comparison.Runs.Select(run => run.Model).Distinct());
        string runs = $"{comparison.Runs.Count} runs";
        return comparison.HasSeeds ? $"{models}; {runs}, {comparison.Groups.Count} "
            + $"{(comparison.Groups.Count == 1 ? "setting" : "settings")}" : $"{models}; {runs}";
    }

    static ReportChart Chart(RunComparison comparison, string metric)
    {
        RunGroup[] measured = Measured(comparison, metric);
        // All of them, so that a group has one colour in all charts.
        ChartSeries[] series = [.. comparison.Groups.Select(group => new ChartSeries(group.Name, [.. group.Curve(metric).Select(Point)]))];
        MetricCurve curve = comparison.Runs.Select(run => run.Metrics.Find(metric)).OfType<MetricCurve>().First();
        var frame = new ChartFrame(metric) { XTitle = "epoch", YTitle = curve.Unit };
        string rows = MetricOrder.RowsOf(metric) is { Length: > 0 } of ? $"Of {of}. " : "";
        string direction = MetricOrder.HigherIsBetter(metric) switch
        {
            true => "Higher is better. ",
            false => "Lower is better. ",
            null => "",
        };
        bool hasBands = series.Any(one => one.Points.Any(p => p.Low is not null));
        string bands = !hasBands ? "" : measured.All(group => group.Runs.Count == 1) ? "Bands: ± one standard error of the estimate."
            : "Bands: ± one standard error, over seeds where several runs are one line, of the estimate where it is one run.";
        return new(SvgChart.Line(frame, series), $"{rows}{direction}{bands}".Trim());
    }

    static RunGroup[] Measured(RunComparison comparison, string metric) =>
        [.. comparison.Groups.Where(group => group.Curve(metric).Count > 0)];

    static ChartPoint Point(MetricReading reading) => reading.StandardError is double error && double.IsFinite(error)
        ? new(reading.Epoch, reading.Value, reading.Value - error, reading.Value + error) : new(reading.Epoch, reading.Value);

    static TextTable Settings(RunComparison comparison)
    {
        var table = new TextTable(["setting", .. comparison.Groups.Select(group => group.Name)]);
        foreach (string name in comparison.Differing)
            table.Add([name, .. comparison.Groups.Select(group => group.Runs[0].Setting(name))]);
        return table;
    }
}
