namespace Boltzmann.Searching;

/// <summary>A state that no single change of a unit makes more probable.</summary>
/// <param name="Energy">Its energy; where hidden units are summed out, its free energy −log Σ_h e^(−E). Lower is more probable.</param>
/// <param name="State">0 or 1 for each variable of the <see cref="ModelEnergy"/>; where hidden units are summed out, they have
/// their most probable values.</param>
/// <param name="Row">The values of the visible units, as a row of data has them.</param>
/// <param name="Chains">How many sampled states descended to it.</param>
/// <param name="Share">Of all that descended.</param>
public sealed record Mode(double Energy, IReadOnlyList<byte> State, IReadOnlyList<double> Row, long Chains, double Share);
