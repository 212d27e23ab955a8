namespace Boltzmann;

/// <summary>
/// Numbers without sampling error, for models small enough: one of two layers is enumerated (the one with fewer states) while the other is
/// summed or integrated in closed form, a chunk of states at a time and always in double precision. Two Gaussian layers need no
/// enumeration: they are one normal distribution. Log-probabilities in nats; densities for continuous units.
/// </summary>
public static class Exact
{
    /// <summary>The most states of a side that are enumerated, 2²⁵: about a minute for a side of 784 units against them on two cores.</summary>
    public const long MaximumStates = 1L << 25;

    /// <summary>Whether the exact numbers of this model are within reach: a side of at most <see cref="MaximumStates"/> states, or two Gaussian layers.</summary>
    public static bool Reaches(EnergyModel model) => ExactMethod.Exists(LayerPair.From(model), MaximumStates);

    /// <summary>log Z = log Σ e^{−E}, in nats.</summary>
    /// <param name="model">Two layers joined by weights, e.g. an <see cref="Rbm"/>.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">No side can be enumerated (the message names the counts), or the model has no distribution.</exception>
    public static double LogPartition(EnergyModel model, CancellationToken cancellation = default)
    {
        double value = MethodFor(model).LogPartition(cancellation);
        return double.IsFinite(value) ? value : throw new BadInputException($"the partition function of this model is not finite (log Z = {value}); its parameters are too large");
    }

    /// <summary>log p(v) of each row: −F(v) − log Z, in nats.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(Rbm rbm, Matrix data, CancellationToken cancellation = default) =>
        FreeEnergy.LogLikelihood(rbm, data, LogPartition(rbm, cancellation));

    /// <summary>Independent samples of the model's joint distribution, without a Markov chain.</summary>
    /// <param name="model">Two layers joined by weights.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <returns>Both layers, in the precision of the model.</returns>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static State Sample(EnergyModel model, int count, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var state = new State(model, count);
        if (count == 0) return state;
        Matrix lower = new(count, model.Layers[0].Units, model.Placement.Double), upper = new(count, model.Layers[1].Units, model.Placement.Double);
        MethodFor(model).Sample(lower, upper, rng);
        state[0].SetCopy(lower);
        state[1].SetCopy(upper);
        return state;
    }

    /// <summary>
    /// E[t(x)] under the model for every parameter, the negative phase of the gradient without sampling: matrices in the order and of the shapes
    /// of <see cref="EnergyModel.Parameters"/>, in double precision. With t = ∂(−E)/∂θ: means for biases, E[v·hᵀ] for weights,
    /// −½E[x²] for a learned precision, 0 for a fixed one.
    /// </summary>
    /// <param name="model">Two layers joined by weights.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static IReadOnlyList<Matrix> Moments(EnergyModel model)
    {
        IReadOnlyList<Matrix> moments = MethodFor(model).Moments();
        if (model.Coupling != 1) moments[^1].SetSum(moments[^1], model.Coupling);
        return moments;
    }

    /// <summary>Probability of every state of one layer, the other summed out, in the order of <see cref="Layer.SetStates"/>.</summary>
    /// <param name="model">Two layers joined by weights.</param>
    /// <param name="layer">0 or 1; its units must have countable states.</param>
    /// <exception cref="BadInputException">The layer cannot be enumerated.</exception>
    public static double[] StateProbabilities(EnergyModel model, int layer)
    {
        LayerPair pair = LayerPair.From(model);
        if (!(pair[layer].StateCount <= MaximumStates)) throw new BadInputException($"the states of {pair[layer]} units cannot be enumerated within {MaximumStates}");
        double[] values = new EnumeratedPair(pair, layer).LogWeights();
        double logPartition = Scalar.LogSumExp(values);
        for (int i = 0; i < values.Length; i++) values[i] = Math.Exp(values[i] - logPartition);
        return values;
    }

    static ExactMethod MethodFor(EnergyModel model) => ExactMethod.For(LayerPair.From(model), MaximumStates);
}
