namespace Boltzmann.Experiments;

/// <summary>A machine that has learned spikes.</summary>
/// <param name="Epoch">The epoch it is of.</param>
/// <param name="Held">Mean log p of held-out bins, in nats; NaN without any.</param>
/// <param name="Model">The machine.</param>
/// <param name="Seconds">Spent in learning.</param>
sealed record LearnedSpikes(int Epoch, double Held, EnergyModel Model, double Seconds);
