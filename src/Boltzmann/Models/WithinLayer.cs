namespace Boltzmann.Models;

/// <summary>
/// A term that joins the units of one layer to each other: φ = ½·xᵀ·W·x, W symmetric, zero where a unit would meet itself. Such units are
/// not independent given the rest, so the term says how they are drawn and how their mean fields follow one another.
/// </summary>
public abstract class WithinLayer : Interaction
{
    /// <summary>A term within a layer.</summary>
    /// <param name="layer">Its number.</param>
    protected WithinLayer(int layer) : base(layer) => Layer = layer;

    /// <summary>The number of the layer.</summary>
    public int Layer { get; }

    /// <inheritdoc/>
    public override string Name => Dense.NameOf(Layer, Layer);

    /// <summary>
    /// Whether <see cref="Sample"/> and <see cref="SetMean"/> take inputs in which the layer's own are contained already, and keep them up
    /// as units change; from the other layers alone otherwise.
    /// </summary>
    public abstract bool TakesOwnInputs { get; }

    /// <summary>Draws the units one after another, or those of a colour at once, each from its distribution given all others.</summary>
    /// <param name="units">The layer.</param>
    /// <param name="inputs">[B × units], see <see cref="TakesOwnInputs"/>; null for none from other layers.</param>
    /// <param name="states">[B × units], moved.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">1 for units that may move, 0 for others, [1 × units] or [B × units]; null for all.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="sweeps">How often; more than once only where own inputs are not taken.</param>
    public abstract void Sample(Layer units, Matrix? inputs, Matrix states, double scale, Matrix? free, Rng rng, int sweeps = 1);

    /// <summary>
    /// Sets the units to their means given those of all others, one after another: every step raises the mean-field bound.
    /// </summary>
    /// <inheritdoc cref="Sample"/>
    public abstract void SetMean(Layer units, Matrix inputs, Matrix states, double scale, Matrix? free);

    /// <inheritdoc/>
    public override void AddEnergy(State state, Matrix energies, double scale)
    {
        using Workspace.Loan inputs = Workspace.Like(state.Workspace, state[Layer]);
        SetInputs(state, Layer, inputs, 1, 0);
        // Each pair counts once.
        energies.AddRowSums(inputs, state[Layer], -0.5 * scale);
    }

    /// <summary>Complaint about units that have not two values.</summary>
    protected string? OfUnits(IReadOnlyList<Layer> layers) =>
        layers[Layer].Pair is not null ? null : $"only bernoulli and spin units can be joined pair by pair, not {layers[Layer]}";
}
