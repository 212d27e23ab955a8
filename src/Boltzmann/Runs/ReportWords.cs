namespace Boltzmann.Runs;

/// <summary>What the report of a run calls its model and says under its pictures.</summary>
/// <param name="Title">"Deep belief network".</param>
/// <param name="Reconstructions">Under data and reconstructions.</param>
/// <param name="Samples">Under fantasy particles.</param>
/// <param name="UpperFilters">Under what units of layers above the first stand for.</param>
sealed record ReportWords(string Title, string Reconstructions, string Samples, string UpperFilters)
{
    /// <summary>Of the way in which it was trained; null for nothing.</summary>
    public string? Note { get; init; }
}
