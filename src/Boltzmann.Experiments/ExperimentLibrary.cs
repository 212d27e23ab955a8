namespace Boltzmann.Experiments;

/// <summary>The file Experiments.json.</summary>
/// <param name="Sources">Where published numbers come from, in full, by the short words that references use.</param>
/// <param name="Experiments">By name.</param>
sealed record ExperimentLibrary(Dictionary<string, string> Sources, Dictionary<string, ExperimentFacts> Experiments);
