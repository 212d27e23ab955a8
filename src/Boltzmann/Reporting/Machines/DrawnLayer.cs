namespace Boltzmann.Reporting;

/// <summary>A layer as a drawing and a formula show it.</summary>
/// <param name="Name">"hidden 1"; of a described graph its own.</param>
/// <param name="Symbol">The letter of its states: "v", "h", "y", "x".</param>
/// <param name="Number">Behind the letter; null for none.</param>
/// <param name="Units">The layer.</param>
/// <param name="Level">0 for what rows clamp, rising upward.</param>
sealed record DrawnLayer(string Name, string Symbol, int? Number, Layer Units, int Level)
{
    /// <summary>Whether rows clamp it.</summary>
    public bool IsOfRows { get; init; }
}
