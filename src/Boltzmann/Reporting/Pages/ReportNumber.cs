namespace Boltzmann.Reporting;

/// <summary>A headline number of a report.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Value">The number as it is to be read, with its unit and error: "−86.3 ± 0.2 nats".</param>
/// <param name="Note">How it was measured or what it compares with; empty for none.</param>
public sealed record ReportNumber(string Name, string Value, string Note = "");
