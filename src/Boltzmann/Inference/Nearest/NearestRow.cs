namespace Boltzmann.Inference;

/// <summary>A row that is like the one asked for.</summary>
/// <param name="Row">Its number, from 1.</param>
/// <param name="Cosine">Of the angle between its features and those of the query: 1 for the same direction.</param>
/// <param name="Label">Its class; null without labels.</param>
/// <param name="Name">What it is called; null where rows have no names.</param>
/// <param name="Words">Its own words that are rare elsewhere, most telling first; null where rows are no documents.</param>
public sealed record NearestRow(int Row, double Cosine, string? Label, string? Name, IReadOnlyList<string>? Words);
