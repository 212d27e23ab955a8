namespace Boltzmann.Models;

/// <summary>
/// The machine at a point β of the path from one without weights to the target: weights β·W, layers' natural parameters (1 − β)·start +
/// β·target. With no start it is the target at temperature 1/β: E_β = β·E. With a start it is the geometric path of annealed importance
/// sampling from the base-rate model (Salakhutdinov and Murray 2008); with the target's own layers as start, only the weights are tempered.
/// Weights are shared with the target, so it follows while the target learns.
/// </summary>
public sealed class AnnealedModel : EnergyModel
{
    readonly EnergyModel target;
    readonly IReadOnlyList<Layer>? start;

    /// <summary>At β = 1, the target itself.</summary>
    /// <param name="target">The model at the end of the path.</param>
    /// <param name="start">Layers of the same kinds and sizes as the target's; null for a pure change of temperature.</param>
    public AnnealedModel(EnergyModel target, IReadOnlyList<Layer>? start = null)
        : base([.. target.Layers.Select(layer => layer.Clone())], target.Interactions)
    {
        this.target = target;
        this.start = start;
        Coupling = target.Coupling;
    }

    /// <summary>The inverse temperature. Set it again after the target's parameters have changed.</summary>
    public double Beta
    {
        get;
        set
        {
            if (!(value >= 0 && double.IsFinite(value)))
                throw new ArgumentOutOfRangeException(nameof(value), $"an inverse temperature must be finite and at least 0, not {value}");
            field = value;
            Coupling = value * target.Coupling;
            for (int l = 0; l < Layers.Count; l++)
            {
                if (start is not null) Layers[l].SetInterpolation(start[l], target.Layers[l], value);
                else
                    for (int k = 0; k < Layers[l].Parameters.Count; k++)
                        Layers[l].Parameters[k].Value.SetSum(target.Layers[l].Parameters[k].Value, value);
            }
        }
    } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<int> VisibleLayers => target.VisibleLayers;

    /// <inheritdoc/>
    public override int? LabelLayer => target.LabelLayer;

    /// <summary>A machine at the same point of the same path, with a target and a start of its own.</summary>
    public override AnnealedModel Clone(Placement? placement = null) =>
        new(target.Clone(placement), start is null ? null : [.. start.Select(layer => layer.Clone(placement))]) { Beta = Beta };
}
