namespace Boltzmann.Runs;

/// <summary>Finished runs of one plan with several seeds.</summary>
/// <param name="Folder">Holds the runs.</param>
/// <param name="Runs">What came of each, in the order of the seeds.</param>
/// <param name="Comparison">The runs beside each other.</param>
/// <param name="PagePath">The page about them.</param>
public sealed record SeedRunsOutcome(string Folder, IReadOnlyList<RunOutcome> Runs, RunComparison Comparison, string PagePath);
