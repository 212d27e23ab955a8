namespace Boltzmann;

/// <summary>Stops training when a metric has not improved for a number of its measurements.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Patience">Measurements without improvement after which to stop.</param>
/// <param name="MinimumDelta">An improvement is more than this.</param>
public sealed record EarlyStopping(string Metric, int Patience = 5, double MinimumDelta = 0);
