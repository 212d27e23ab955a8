namespace Boltzmann.Reporting;

/// <summary>Small pictures of a kind, each with its own words.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Caption">How to read them; empty for none.</param>
/// <param name="Tiles">The pictures.</param>
public sealed record ReportTiles(string Title, string Caption, IReadOnlyList<ReportTile> Tiles);
