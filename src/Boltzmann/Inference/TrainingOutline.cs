namespace Boltzmann.Runs;

/// <summary>What is known of a training before it begins: how long it is, and what it will measure.</summary>
/// <param name="Epochs">Of each machine that learns, in their order.</param>
/// <param name="IsDeep">Whether machines are told apart in what is shown.</param>
/// <param name="Metrics">Names of what is measured of each machine.</param>
/// <param name="Watched">The metric that early stopping watches; null for none.</param>
public sealed record TrainingOutline(IReadOnlyList<int> Epochs, bool IsDeep, IReadOnlyList<IReadOnlyList<string>> Metrics,
    string? Watched = null);
