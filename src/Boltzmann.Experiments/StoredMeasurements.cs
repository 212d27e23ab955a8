namespace Boltzmann.Experiments;

/// <summary>The file of <see cref="Measurements"/>: the settings that the numbers depend on, and the numbers by name.</summary>
sealed record StoredMeasurements(string Settings, Dictionary<string, double[]> Numbers);
