namespace Boltzmann.Reporting;

/// <summary>A picture of a report.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it; empty for none.</param>
/// <param name="Png">The bytes of a .png file (also an animated one).</param>
public sealed record ReportImage(string Title, string Caption, byte[] Png);
