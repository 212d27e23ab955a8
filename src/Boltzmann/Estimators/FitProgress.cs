namespace Boltzmann.Estimators;

/// <summary>Where the learning of an estimator is; one after every update.</summary>
/// <param name="Phase">What learns.</param>
/// <param name="Machine">Which machine of the stack, counted from 1; 1 for a network or a single machine.</param>
/// <param name="Machines">How many there are.</param>
/// <param name="Training">Epoch, batch and, after the last one of an epoch, its record.</param>
public readonly record struct FitProgress(FitPhase Phase, int Machine, int Machines, TrainingProgress Training);
