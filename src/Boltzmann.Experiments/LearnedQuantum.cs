namespace Boltzmann.Experiments;

/// <summary>A machine that has learned measurements of a spin chain.</summary>
/// <param name="Epoch">The epoch it is of.</param>
/// <param name="Held">Mean log p of held-out measurements, in nats.</param>
/// <param name="Probabilities">p of every state by its number.</param>
/// <param name="Model">The machine.</param>
sealed record LearnedQuantum(int Epoch, double Held, double[] Probabilities, EnergyModel Model);
