namespace Boltzmann.Experiments;

/// <summary>A number that an experiment came to.</summary>
/// <param name="Name">What it is of, with its unit.</param>
/// <param name="Value">Ours.</param>
/// <param name="Published">Theirs; null if there is none.</param>
sealed record ExperimentFinding(string Name, double Value, double? Published);
