namespace Boltzmann.Runs;

/// <summary>How a trial stood at the end of a round.</summary>
/// <param name="Epochs">Epochs of its training until then.</param>
/// <param name="Value">The metric; NaN where the trial failed.</param>
/// <param name="StandardError">Standard error of an estimate; null where none is known.</param>
/// <param name="Failure">Why there is no value; null where there is one.</param>
public sealed record TrialRound(int Epochs, double Value, double? StandardError = null, string? Failure = null);
