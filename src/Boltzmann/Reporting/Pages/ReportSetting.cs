namespace Boltzmann.Reporting;

/// <summary>A setting and its values: one, or several that follow each other epoch by epoch.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Values">The values as text.</param>
public sealed record ReportSetting(string Name, params IReadOnlyList<string> Values);
