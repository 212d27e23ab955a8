namespace Boltzmann.Reporting;

/// <summary>A chart of a report.</summary>
/// <param name="Svg">Text from <see cref="SvgChart"/>; it enters the page as it is.</param>
/// <param name="Caption">How to read it; empty for none.</param>
public sealed record ReportChart(string Svg, string Caption = "");
