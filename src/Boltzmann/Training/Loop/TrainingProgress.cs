namespace Boltzmann;

/// <summary>Where training is; one after every update. Whoever enumerates them decides what to print and when to stop.</summary>
/// <param name="Epoch">The epoch that the update belongs to, counted from 1.</param>
/// <param name="Epochs">The last epoch asked for.</param>
/// <param name="Batch">Updates done in this epoch.</param>
/// <param name="Batches">Updates in an epoch.</param>
/// <param name="RowsPerSecond">Since the epoch began or was resumed.</param>
/// <param name="Completed">The epoch's record, after its last update; else null.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Batch, int Batches, double RowsPerSecond, EpochRecord? Completed);
