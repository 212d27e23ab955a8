namespace Boltzmann.Training;

/// <summary>One step of learning, as gradient transforms see it.</summary>
/// <param name="model">The machine that learns; to be read only.</param>
/// <param name="gradient">Its gradient.</param>
/// <param name="rng">Source of randomness.</param>
public sealed class TrainingStep(EnergyModel model, Gradient gradient, Rng rng)
{
    /// <summary>The machine that learns; to be read only.</summary>
    public EnergyModel Model => model;

    /// <summary>
    /// The gradient, uphill in log-likelihood, per unit of the rows' weight; its <see cref="Gradient.Positive"/> has the batch and the
    /// means of the hidden layers given it.
    /// </summary>
    public Gradient Gradient => gradient;

    /// <summary>Source of randomness, whose position is saved and resumed: the stream of the presentation.</summary>
    public Rng Rng => rng;

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>Step size per unit of mean gradient.</summary>
    public double LearningRate { get; private set; }

    /// <summary>λ₂ of the decay asked for so far: the weights' gradient will lose λ₂·W.</summary>
    public double L2 { get; private set; }

    /// <summary>λ₁ of the decay asked for so far: the weights' gradient will lose λ₁·sign(W).</summary>
    public double L1 { get; private set; }

    /// <summary>Begins the next step: no decay has been asked for.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="learningRate">Step size per unit of mean gradient.</param>
    public void Begin(int epoch, double learningRate) => (Epoch, LearningRate, L2, L1) = (epoch, learningRate, 0, 0);

    /// <summary>
    /// Asks for a decay of all weights, on top of what has been asked for. The kernel that moves them takes it off the gradient in the same
    /// pass over memory, so it comes after every transform.
    /// </summary>
    /// <param name="l2">λ₂.</param>
    /// <param name="l1">λ₁.</param>
    public void AddDecay(double l2, double l1 = 0) => (L2, L1) = (L2 + l2, L1 + l1);
}
