namespace Boltzmann.Runs;

/// <summary>A finished run.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="IsDone">Whether it was found finished, and nothing was trained.</param>
/// <param name="Result">How the model that was kept does, by name; empty where nothing but the curves is known.</param>
public sealed record RunOutcome(RunFolder Folder, bool IsDone, IReadOnlyDictionary<string, double> Result);
