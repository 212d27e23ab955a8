namespace Boltzmann.Compute;

/// <summary>A chain that takes another's state.</summary>
/// <param name="Chain">Which one.</param>
/// <param name="From">The other's group, of the same program.</param>
/// <param name="Source">Its number there; it takes none itself.</param>
readonly record struct ChainMove(int Chain, ChainLanes From, int Source);
