namespace Boltzmann.Training;

/// <summary>Where the training of a stack is; one after every update.</summary>
/// <param name="Machine">The machine that learns, counted from 1: also the number of its hidden layer.</param>
/// <param name="Machines">How many there are.</param>
/// <param name="Progress">Where its own training is.</param>
public readonly record struct GreedyProgress(int Machine, int Machines, TrainingProgress Progress);
