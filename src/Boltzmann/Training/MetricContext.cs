namespace Boltzmann;

/// <summary>What a metric may look at. Its randomness is its own, so measuring never changes what is learned.</summary>
/// <param name="Model">The machine, to be read only.</param>
/// <param name="Training">The first training rows, as presented without dropout; the same rows and bits at every epoch.</param>
/// <param name="Validation">Held-out rows; null if there are none.</param>
/// <param name="Seconds">Time of the epoch, in seconds.</param>
/// <param name="RowsPerSecond">Training rows per second in the epoch.</param>
/// <param name="Rng">Starts afresh at every epoch.</param>
public sealed record MetricContext(Rbm Model, Matrix Training, Matrix? Validation, double Seconds, double RowsPerSecond, Rng Rng);
