namespace Boltzmann.Reporting;

/// <summary>What was trained, as a formula and a drawing.</summary>
/// <param name="Formula">The energy as HTML that enters the page as it is.</param>
/// <param name="Svg">The layers as SVG text that enters the page as it is.</param>
/// <param name="Caption">How to read them; empty for none.</param>
public sealed record ReportMachine(string Formula, string Svg, string Caption = "");
