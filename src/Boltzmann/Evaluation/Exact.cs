namespace Boltzmann;

/// <summary>
/// Numbers without sampling error, for models small enough: one of two sides, visible and hidden, is enumerated (the one with fewer states) while the other is
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
    /// <param name="model">An <see cref="Rbm"/>, or another model of visible layers joined to one hidden layer.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">No side can be enumerated (the message names the counts), or the model has no distribution.</exception>
    public static double LogPartition(EnergyModel model, CancellationToken cancellation = default)
    {
        double value = MethodFor(LayerPair.From(model)).LogPartition(cancellation);
        return double.IsFinite(value) ? value : throw new BadInputException($"the partition function of this model is not finite (log Z = {value}); its parameters are too large");
    }

    /// <summary>log p(v) of each row: −F(v) − log Z, in nats.</summary>
    /// <param name="rbm">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(Rbm rbm, Matrix data, CancellationToken cancellation = default) =>
        FreeEnergy.LogLikelihood(rbm, data, LogPartition(rbm, cancellation));

    /// <summary>log p(x) of each row with the labels summed out: −F(x) − log Z, in nats.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(ClassificationRbm model, Matrix data, CancellationToken cancellation = default)
    {
        double logPartition = LogPartition(model, cancellation);
        return new([.. model.Clone(model.Placement.Double).FreeEnergy(data.Clone(Precision.Float64)).Select(f => -f - logPartition)]);
    }

    /// <summary>Independent samples of the model's joint distribution, without a Markov chain.</summary>
    /// <param name="model">As for <see cref="LogPartition"/>.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <returns>All layers, in the precision of the model.</returns>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static State Sample(EnergyModel model, int count, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var state = new State(model, count);
        if (count == 0) return state;
        LayerPair pair = LayerPair.From(model);
        Matrix lower = new(count, pair[0].Units, pair.Placement), upper = new(count, pair[1].Units, pair.Placement);
        MethodFor(pair).Sample(lower, upper, rng);
        pair.CopyTo(state, lower, upper);
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
        LayerPair pair = LayerPair.From(model);
        IReadOnlyList<Matrix> moments = MethodFor(pair).Moments();
        if (model.Coupling != 1) moments[^1].SetSum(moments[^1], model.Coupling);
        return pair.ToModel(moments);
    }

    /// <summary>Probability of every state of one layer, the other summed out, in the order of <see cref="Layer.SetStates"/>.</summary>
    /// <param name="model">Two layers joined by weights.</param>
    /// <param name="layer">0 or 1; its units must have countable states.</param>
    /// <exception cref="BadInputException">The layer cannot be enumerated.</exception>
    /// <exception cref="ArgumentException">The model has more layers.</exception>
    public static double[] StateProbabilities(EnergyModel model, int layer)
    {
        if (model.Layers.Count != 2) throw new ArgumentException($"this needs a model of two layers; this one has {model.Layers.Count}");
        LayerPair pair = LayerPair.From(model);
        if (!(pair[layer].StateCount <= MaximumStates)) throw new BadInputException($"the states of {pair[layer]} units cannot be enumerated within {MaximumStates}");
        double[] values = new EnumeratedPair(pair, layer).LogWeights();
        double logPartition = Scalar.LogSumExp(values);
        for (int i = 0; i < values.Length; i++) values[i] = Math.Exp(values[i] - logPartition);
        return values;
    }

    static ExactMethod MethodFor(LayerPair pair) => ExactMethod.For(pair, MaximumStates);
}
