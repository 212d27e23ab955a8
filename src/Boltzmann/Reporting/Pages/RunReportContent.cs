namespace Boltzmann.Reporting;

/// <summary>What the report of a training run says. Plain values: whoever has a run folder can fill it, live or finished.</summary>
/// <param name="Title">What was trained: "Restricted Boltzmann machine, 784 × 1024".</param>
/// <param name="Subtitle">On what and when: "mnist, 60 000 rows, 10 epochs".</param>
public sealed record RunReportContent(string Title, string Subtitle)
{
    /// <summary>Headline numbers, the most important first.</summary>
    public IReadOnlyList<ReportNumber> Numbers { get; init; } = [];

    /// <summary>Curves over the epochs.</summary>
    public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

    /// <summary>Pictures: filters, reconstructions, samples.</summary>
    public IReadOnlyList<ReportImage> Images { get; init; } = [];

    /// <summary>Charts drawn elsewhere (histograms, a confusion matrix): SVG text with a caption.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    /// <summary>Every setting of the run.</summary>
    public IReadOnlyList<ReportSetting> Settings { get; init; } = [];

    /// <summary>Paragraphs: warnings, how the run ended, what the data are.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The command that repeats the run; empty for none.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Small print at the end: version, processor, time taken.</summary>
    public string Footer { get; init; } = "";
}
