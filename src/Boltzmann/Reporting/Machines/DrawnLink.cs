namespace Boltzmann.Reporting;

/// <summary>What joins layers as a drawing and a formula show it.</summary>
/// <param name="Lower">Index of the lower layer.</param>
/// <param name="Upper">Index of the upper layer; the same for units of one layer.</param>
/// <param name="IsDownward">Whether the upper layer generates the lower one and gets nothing back.</param>
/// <param name="Pairs">How many pairs of units are joined.</param>
/// <param name="AreAll">Whether those are all pairs.</param>
sealed record DrawnLink(int Lower, int Upper, bool IsDownward, long Pairs, bool AreAll);
