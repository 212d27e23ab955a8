namespace Boltzmann.Evaluation;

/// <summary>An integrated autocorrelation time; see <see cref="ChainSeries.IntegratedTime"/>.</summary>
/// <param name="Value">τ in steps of the chain; NaN for a number that never changed.</param>
/// <param name="StandardError">Its standard error, from the number of values and the window.</param>
/// <param name="Window">M, the last lag of the sum.</param>
/// <param name="IsClosed">Whether the sum ended by Sokal's rule; otherwise the chains were too short to know τ, which is then larger than
/// the value.</param>
public sealed record AutocorrelationTime(double Value, double StandardError, int Window, bool IsClosed);
