namespace Boltzmann.Reporting;

/// <summary>What the report of a training run says. Plain values: whoever has a run folder can fill it, live or finished.</summary>
/// <param name="Title">What was trained: "Restricted Boltzmann machine, 784 × 1024".</param>
/// <param name="Subtitle">On what and when: "mnist, 60 000 rows, 10 epochs".</param>
public sealed record RunReportContent(string Title, string Subtitle)
{
    /// <summary>The number that the page is about; null for none.</summary>
    public ReportHeadline? Headline { get; init; }

    /// <summary>What was trained, as a formula and a drawing; null for neither.</summary>
    public ReportMachine? Machine { get; init; }

    /// <summary>Further numbers, the most important first.</summary>
    public IReadOnlyList<ReportNumber> Numbers { get; init; } = [];

    /// <summary>Curves over the epochs.</summary>
    public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

    /// <summary>Pictures: filters, reconstructions, samples.</summary>
    public IReadOnlyList<ReportImage> Images { get; init; } = [];

    /// <summary>Small pictures with words of their own, such as mistakes.</summary>
    public IReadOnlyList<ReportTiles> Tiles { get; init; } = [];

    /// <summary>Charts drawn elsewhere (histograms, a confusion matrix): SVG text with a caption.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init; } = [];

    /// <summary>Settings that differ from the defaults, with these.</summary>
    public IReadOnlyList<ReportSetting> Changed { get; init; } = [];

    /// <summary>What settings that vary or were left to the data came to.</summary>
    public IReadOnlyList<ReportSetting> Effective { get; init; } = [];

    /// <summary>The other settings of the run, folded away.</summary>
    public IReadOnlyList<ReportSetting> Settings { get; init; } = [];

    /// <summary>Paragraphs: warnings, how the run ended, what the data are.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The command that repeats the run; empty for none.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Small print at the end: version, processor, time taken.</summary>
    public string Footer { get; init; } = "";
}
