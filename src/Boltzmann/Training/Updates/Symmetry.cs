namespace Boltzmann.Training;

/// <summary>
/// Weights within a layer are symmetric with zero diagonal, W = Wᵀ: rounding of row-weighted factors is not, so they are made so again
/// after every update.
/// </summary>
/// <param name="model">The machine.</param>
public sealed class Symmetry(EnergyModel model) : IConstraint
{
    /// <inheritdoc/>
    public void Apply() => model.Symmetrize();
}
