namespace Boltzmann.Searching;

/// <summary>
/// A problem as a machine that learns, is sampled and is saved as any other: a hypothesis is a visible unit, a helper of a constraint a
/// hidden one, p(x) ∝ e^(−E(x)) with the energy of the problem.
/// </summary>
/// <param name="Machine">Sparse, where no constraint needs a helper; otherwise fully connected, weights of what is not joined 0.</param>
/// <param name="Names">Of the visible units.</param>
/// <param name="Offset">The problem's energy is the machine's and this.</param>
public sealed record ProblemMachine(BoltzmannMachine Machine, IReadOnlyList<string> Names, double Offset);
