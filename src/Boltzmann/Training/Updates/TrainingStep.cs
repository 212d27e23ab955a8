namespace Boltzmann.Training;

/// <summary>One step of learning of a machine, as gradient transforms see it.</summary>
/// <param name="model">The machine that learns; to be read only.</param>
/// <param name="gradient">Its gradient.</param>
/// <param name="rng">Source of randomness: the stream of the presentation.</param>
public sealed class TrainingStep(EnergyModel model, Gradient gradient, Rng rng) : UpdateStep(model.Parameters, rng)
{
    /// <summary>The machine that learns; to be read only.</summary>
    public EnergyModel Model => model;

    /// <summary>
    /// The gradient, uphill in log-likelihood, per unit of the rows' weight; its <see cref="Gradient.Positive"/> has the batch and the
    /// means of the hidden layers given it.
    /// </summary>
    public Gradient Gradient => gradient;

    /// <inheritdoc/>
    public override void Add(int parameter, Matrix value, double scale) => gradient.Add(parameter, value, scale);

    /// <inheritdoc/>
    public override void AddFactor(int parameter, in Factor factor) => gradient.AddFactor(parameter, factor);
}
