namespace Boltzmann.Reporting;

/// <summary>A setting and its values: one, or several that follow each other epoch by epoch.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Values">The values as text.</param>
public sealed record ReportSetting(string Name, params IReadOnlyList<string> Values)
{
    /// <summary>What it would have been unless stated; null where nothing is to be said of that.</summary>
    public string? Default { get; init; }
}
