namespace Boltzmann.Reporting;

/// <summary>The page that a training run leaves behind, report.html: what was learnt, how it went, how to repeat it.</summary>
public static class RunReport
{
    // What a reader should know about a metric, found by words of its name; the first that fits is used.
    static readonly (string Words, string Explanation)[] Explanations =
    [
        ("reconstruction",
            "How far the data lie from what the model makes of them after one step up and down. It falls quickly and is cheap to "
            + "watch, but it is not a likelihood: a model can reconstruct well and still believe in the wrong pictures."),
        ("pseudo likelihood",
            "How well each visible unit is predicted from all the others. Cheap, and rises with the likelihood as a rule, but it is "
            + "another quantity: compare it only with itself."),
        ("ais",
            "The average log-probability of a row, its partition function estimated by annealed importance sampling. Higher is "
            + "better. The estimate of log Z is on average too low, so this number is, if anything, too good: look at the error band."),
        ("log likelihood",
            "The average log-probability of a row under the model. Higher is better; this is what training is meant to raise. Exact where "
                + "the "
            + "model can be enumerated; else by annealed importance sampling, and epochs whose estimate is not to be believed are left "
            + "out."),
        ("log probability", "The average log-probability of a row under the model. Higher is better; this is what training is meant to "
            + "raise."),
        ("gap",
            "Average free energy of validation rows minus that of training rows, in nats. Near zero the model treats both alike; "
            + "when it grows, the model has begun to learn the training rows by heart."),
        ("free energy",
            "Average free energy of the rows, which is −log p up to a constant that changes as the model learns. Compare the curves "
            + "with each other, not with other models; when they part, the model overfits."),
        ("elbo", "A lower bound on the average log-probability of a row. Higher is better."),
        ("balanced", "Mean over classes of the share of their rows that the model predicts: a rare class counts as much as a common one."),
        ("average precision", "Area under the curve of precision over recall, mean over classes: whether rows of a class are ranked before "
            + "all others."),
        ("accuracy", "Share of rows whose label the model predicts."),
        ("activ", "How often hidden units are on. Units near 0 or 1 all the time carry no information."),
        ("norm",
            "How large the weights have grown. They should rise ever more slowly; a curve that bends upwards announces divergence, "
            + "a smaller learning rate helps."),
        ("rows per second", "Speed of training."),
        ("rate", "The step along the gradient, epoch by epoch."),
        ("momentum", "The share of the last step that enters the next one, epoch by epoch."),
    ];

    /// <summary>The page as HTML.</summary>
    /// <exception cref="ArgumentException">A picture is not a PNG file.</exception>
    public static string Render(RunReportContent content)
    {
        var page = new HtmlReport(content.Title, content.Subtitle);
        if (content.Headline is ReportHeadline headline) page.Headline(headline);
        page.Cards(content.Numbers);
        foreach (string note in content.Notes) page.Paragraph(note);
        if (content.Machine is ReportMachine machine) page.Heading("The machine").Machine(machine);
        ReportChart[] charts = [.. MetricCharts(content.Metrics), .. content.Charts];
        if (content.Images.Count > 0 || content.Tiles.Count > 0) page.Heading("What it learnt").Images(content.Images);
        foreach (ReportTiles tiles in content.Tiles) page.Tiles(tiles);
        if (charts.Length > 0) page.Heading("How learning went").Charts(charts);
        Settings(page, content);
        if (content.CommandLine != "")
        {
            page.Heading("Repeat it").Paragraph("The same command on the same data gives the same bytes, whatever the number of threads.");
            page.Code(content.CommandLine);
        }
        if (content.Footer != "") page.Footer(content.Footer);
        return page.ToString();
    }

    static void Settings(HtmlReport page, RunReportContent content)
    {
        if (content.Changed.Count + content.Effective.Count + content.Settings.Count == 0) return;
        page.Heading("Settings");
        if (content.Changed.Count > 0) page.Paragraph("Other than the defaults:").Settings(content.Changed);
        if (content.Effective.Count > 0)
            page.Paragraph("In effect, where settings vary by epoch or are left to the data:").Settings(content.Effective);
        if (content.Settings.Count == 0) return;
        bool isRest = content.Changed.Count + content.Effective.Count > 0;
        page.Folded($"{(isRest ? "The other" : "All")} {content.Settings.Count} settings{(isRest ? ", at their defaults" : "")}",
            content.Settings);
    }

    static IEnumerable<ReportChart> MetricCharts(IReadOnlyList<MetricSeries> metrics)
    {
        foreach (IGrouping<string, MetricSeries> group in metrics.GroupBy(m => m.Chart ?? m.Name))
        {
            MetricSeries first = group.First();
            var frame = new ChartFrame(Sentence(group.Key))
            {
                XTitle = "epoch",
                YTitle = first.Unit,
                LogY = group.Any(m => m.LogScale),
                FromZero = group.Any(m => m.IsShare),
            };
            string explanation = group.Select(m => m.Explanation).FirstOrDefault(e => e is not null) ?? Explain(group.Key)
                ?? Explain(first.Name) ?? "";
            yield return new(SvgChart.Line(frame, [.. group.Select(m => new ChartSeries(m.Name, m.Points))]), explanation);
        }
    }

    static string? Explain(string name)
    {
        string words = name.Replace('_', ' ').Replace('-', ' ');
        return Explanations.FirstOrDefault(e => words.Contains(e.Words, StringComparison.OrdinalIgnoreCase)).Explanation;
    }

    static string Sentence(string name) => name == "" ? "" : char.ToUpperInvariant(name[0]) + name[1..];
}
