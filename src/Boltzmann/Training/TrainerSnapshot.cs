namespace Boltzmann;

/// <summary>All that a trainer needs, besides the model's parameters, to go on as if it had not stopped.</summary>
/// <param name="Matrices">Velocities, chains, running means, by name. Shared with the trainer, not copied: save before the next update.</param>
/// <param name="Numbers">Epoch, position in it, positions of the random streams, by name.</param>
public sealed record TrainerSnapshot(IReadOnlyList<(string Name, Matrix Value)> Matrices, IReadOnlyDictionary<string, double> Numbers);
