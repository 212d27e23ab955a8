namespace Boltzmann.Reporting;

/// <summary>The number that a report is about, first and larger than others, with what is needed to judge it.</summary>
/// <param name="Name">What is measured: "log-likelihood of 2,000 held-out rows".</param>
/// <param name="Value">The number with its error and unit, or that there is none to be believed.</param>
public sealed record ReportHeadline(string Name, string Value)
{
    /// <summary>How far it is to be believed, in a sentence; empty for a number that rests on no estimate.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>How the verdict is marked.</summary>
    public HeadlineTone Tone { get; init; } = HeadlineTone.Sure;

    /// <summary>What belongs to it: name, value, note.</summary>
    public IReadOnlyList<ReportNumber> Details { get; init; } = [];
}
