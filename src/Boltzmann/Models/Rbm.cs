namespace Boltzmann;

/// <summary>
/// Restricted Boltzmann machine: E(v, h) = U(v) + U(h) − vᵀWh, units of any kinds on either side (Smolensky 1986; Hinton 2002).
/// With Bernoulli units E = −b·v − c·h − vᵀWh.
/// </summary>
public sealed partial class Rbm : EnergyModel, IModel
{
    const int VisibleIndex = 0, HiddenIndex = 1;

    /// <summary>Weights 0; see <see cref="EnergyModel.SetRandomWeights"/>.</summary>
    /// <param name="visible">The units that data clamp.</param>
    /// <param name="hidden">The features.</param>
    /// <exception cref="ArgumentException">The layers live in different places or precisions.</exception>
    public Rbm(Layer visible, Layer hidden) : base([visible, hidden], [new Dense([visible, hidden], VisibleIndex, HiddenIndex)]) { }

    /// <summary>Over weights that another machine has too.</summary>
    internal Rbm(Layer visible, Layer hidden, Matrix weights) : base([visible, hidden], [new Dense(VisibleIndex, HiddenIndex, weights)]) { }

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Layers[VisibleIndex];

    /// <summary>The features.</summary>
    public Layer Hidden => Layers[HiddenIndex];

    /// <summary>W, [visible units × hidden units].</summary>
    public Matrix Weights => Interactions[0].Parameters[0].Value;

    /// <summary>
    /// The machine that rows of so many draws have, over the same parameters: of one whose visible layer has draws by row
    /// (<see cref="MultinomialLayer.DrawsOfRow"/>). Likelihoods of such rows are those of their machines.
    /// </summary>
    /// <param name="draws">At least 1.</param>
    /// <exception cref="ArgumentException">The visible units have no draws by row, or there is less than one draw.</exception>
    public Rbm WithDraws(int draws) => Visible is MultinomialLayer { DrawsByRow: true } counts
        ? new(counts.WithDraws(draws), Hidden, Weights) : throw new ArgumentException($"{Visible} units have no draws by row");

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(ModelKind.Rbm, Layers);

    /// <inheritdoc/>
    public override Rbm Clone(Placement? placement = null)
    {
        var copy = new Rbm(Visible.Clone(placement), Hidden.Clone(placement));
        copy.Weights.SetCopy(Weights);
        return copy;
    }
}
