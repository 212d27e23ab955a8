namespace Boltzmann.Reporting;

/// <summary>A small picture among others of its kind, with a few words below it.</summary>
/// <param name="Caption">"4 → 9, 93 %".</param>
/// <param name="Png">The bytes of a .png file.</param>
public sealed record ReportTile(string Caption, byte[] Png);
