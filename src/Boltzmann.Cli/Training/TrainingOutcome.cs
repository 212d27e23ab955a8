namespace Boltzmann.Cli.Training;

/// <summary>A finished run.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="IsDone">Whether it was found finished, and nothing was trained.</param>
sealed record TrainingOutcome(RunFolder Folder, bool IsDone);
