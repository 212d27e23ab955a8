namespace Boltzmann.Runs;

/// <summary>What a metric was after an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Value">Its value; NaN where it was measured and is not to be believed.</param>
/// <param name="StandardError">Standard error of an estimate; null where the value is exact, or no error is known.</param>
public readonly record struct MetricReading(int Epoch, double Value, double? StandardError = null);
