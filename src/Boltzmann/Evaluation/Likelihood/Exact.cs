namespace Boltzmann.Evaluation;

/// <summary>
/// Numbers without sampling error, for machines small enough: the joint states of some layers are enumerated, those of fewest states that
/// leave the others independent given them, while these are summed or integrated in closed form; a chunk of states at a time and always in
/// double precision. For an RBM the enumerated layer is one of the two, for a deep machine every second layer. Two Gaussian layers need no
/// enumeration: they are one normal distribution. Log-probabilities in nats; densities for continuous units.
/// </summary>
public static class Exact
{
    /// <summary>The most joint states that are enumerated, 2²⁵: about a minute for a side of 784 units against them on two cores.</summary>
    public const long MaximumStates = 1L << 25;

    /// <summary>
    /// Whether the exact numbers of this model are within reach: layers of at most <see cref="MaximumStates"/> joint states that leave the
    /// others independent, or two Gaussian layers.
    /// </summary>
    public static bool Reaches(EnergyModel model) => ExactMethod.Exists(WithoutContext(model), MaximumStates);

    /// <summary>
    /// Why the exact numbers of this model are out of reach, with the states of its layers and the limit; null if it <see cref="Reaches"/>
    /// them.
    /// </summary>
    public static string? Complaint(EnergyModel model) => ExactMethod.Complaint(WithoutContext(model), MaximumStates);

    /// <summary>log Z = log Σ e^{−E}, in nats.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">The states are too many (the message names the counts), or the model has no
    /// distribution.</exception>
    public static double LogPartition(EnergyModel model, CancellationToken cancellation = default)
    {
        RequireNoContext(model);
        double value = MethodFor(FreeEnergy.InDouble(model)).LogPartition(cancellation);
        return double.IsFinite(value) ? value : throw new BadInputException("the partition function of this model is not finite (log Z = "
            + $"{value}); its parameters are too large");
    }

    /// <summary>log p(v) of each row: −F(v) − log Z, in nats, hidden layers and labels summed out.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(EnergyModel model, Matrix data, CancellationToken cancellation = default) =>
        LogLikelihood(model, data, (int[]?)null, cancellation);

    /// <summary>log p(v, y) of each row and its class, in nats.</summary>
    /// <param name="model">A machine with labels.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="labels">A class for each row.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="ArgumentException">The model has no labels, or data and labels do not fit it.</exception>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(EnergyModel model, Matrix data, IReadOnlyList<int> labels,
        CancellationToken cancellation = default) =>
        LogLikelihood(model, data, model.RequireClasses(data, labels), cancellation);

    /// <summary>
    /// log p of the observed part of each row, in nats: NaN stands for entries that are missing. Each row's own machine has its partition
    /// function where they are absent; unknown ones are summed out.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="missing">Whether missing units are absent or unknown.</param>
    /// <param name="cancellation">Checked between rows and chunks of states.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or a one-hot block is missing in part.</exception>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static Score LogLikelihood(EnergyModel model, Matrix data, MissingValues missing, CancellationToken cancellation = default) =>
        new(ObservedRows.LogLikelihoods(FreeEnergy.InDouble(model), data, missing, cancellation));

    /// <summary>
    /// log Z given the context of each row, in nats: of machines with context layers, whose partition function differs from context to
    /// context.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × <see cref="EnergyModel.RowColumns"/>], of which the columns of context are read.</param>
    /// <param name="cancellation">Checked between chunks of states.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static double[] LogPartitions(EnergyModel model, Matrix data, CancellationToken cancellation = default)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var posterior = new Posterior(target, target.Modelled);
        var values = new double[data.Rows];
        foreach (var (first, state) in FreeEnergy.States(target, data))
            for (int r = 0; r < state.Rows; r++) values[first + r] = posterior.LogPartition(state, r, cancellation);
        return values;
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
        EnergyModel target = FreeEnergy.InDouble(model);
        var samples = new State(target, count);
        MethodFor(target).Sample(samples, rng);
        for (int l = 0; l < state.Layers; l++) state[l].SetCopy(samples[l]);
        return state;
    }

    /// <summary>
    /// E[t(x)] under the model for every parameter, the negative phase of the gradient without sampling: matrices in the order and of the
    /// shapes of <see cref="EnergyModel.Parameters"/>, in double precision. With t = ∂(−E)/∂θ: means for biases, E[v·hᵀ] for weights,
    /// −½E[x²] for a learned precision, 0 for a fixed one.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <exception cref="BadInputException">As for <see cref="LogPartition"/>.</exception>
    public static IReadOnlyList<Matrix> Moments(EnergyModel model) => MethodFor(FreeEnergy.InDouble(model)).Moments();

    /// <summary>Probability of every state of one layer, the others summed out, in the order of <see cref="Layer.SetStates"/>.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="layer">Which layer; its units must have countable states.</param>
    /// <exception cref="BadInputException">The layer cannot be enumerated, alone or with those that would leave the others
    /// independent.</exception>
    public static double[] StateProbabilities(EnergyModel model, int layer)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        int[] enumerated = EnumeratedLayers.Fewest(target, MaximumStates, layer)
            ?? throw new BadInputException($"the states of {target.Layers[layer]} units cannot be enumerated within {MaximumStates}");
        double[] values = new EnumeratedLayers(target, enumerated).LogWeights(layer);
        double logPartition = Scalar.LogSumExp(values);
        for (int i = 0; i < values.Length; i++) values[i] = Math.Exp(values[i] - logPartition);
        return values;
    }

    static Score LogLikelihood(EnergyModel model, Matrix data, int[]? labels, CancellationToken cancellation)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        if (target.ContextLayers.Count > 0)
            return new([.. FreeEnergy.Of(target, data, labels, cancellation).Zip(LogPartitions(target, data, cancellation),
                (f, log) => -f - log)]);
        double logPartition = LogPartition(target, cancellation);
        return new([.. FreeEnergy.Of(target, data, labels, cancellation).Select(f => -f - logPartition)]);
    }

    /// <exception cref="ArgumentException">The machine has one partition function for each context.</exception>
    internal static void RequireNoContext(EnergyModel model)
    {
        if (model.ContextLayers.Count > 0)
            throw new ArgumentException("this machine has one partition function for each context; ask for the values of rows");
    }

    // Given any context the others have the same states.
    static EnergyModel WithoutContext(EnergyModel model) =>
        model.ContextLayers.Count == 0 ? model : new ConditionalModel(model, model.Modelled);

    static ExactMethod MethodFor(EnergyModel model)
    {
        RequireNoContext(model);
        return ExactMethod.For(model, MaximumStates);
    }
}
