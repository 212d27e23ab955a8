namespace Boltzmann.Searching;

/// <summary>The modes of a machine.</summary>
/// <param name="Modes">The most probable first.</param>
/// <param name="Distinct">How many different modes were seen, those kept among them.</param>
/// <param name="Samples">States that descended.</param>
/// <param name="IsHiddenSummedOut">Whether energies are free energies of the visible units.</param>
/// <param name="Search">The search that sampled.</param>
public sealed record ModesResult(IReadOnlyList<Mode> Modes, long Distinct, long Samples, bool IsHiddenSummedOut, SearchResult Search);
