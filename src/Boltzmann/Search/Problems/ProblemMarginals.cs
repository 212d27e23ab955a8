namespace Boltzmann.Searching;

/// <summary>How probable each hypothesis of a problem is, given that all hard constraints hold.</summary>
/// <param name="Marginals">By hypothesis.</param>
/// <param name="Best">The feasible state of least energy that was met.</param>
/// <param name="Satisfaction">How many constraints it keeps.</param>
/// <param name="FeasibleShare">Share of the draws that keep all hard constraints, which alone count; 1 where nothing was drawn.</param>
/// <param name="LogPartition">log Σ e^(−E/T) over the states that keep them; null where it is not known.</param>
/// <param name="Search">How it went; of the sampled energy where states were drawn.</param>
public sealed record ProblemMarginals(Marginals Marginals, Solution Best, Satisfaction Satisfaction, double FeasibleShare,
    LogPartitionAt? LogPartition, SearchResult Search);
