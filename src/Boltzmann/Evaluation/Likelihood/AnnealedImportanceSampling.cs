namespace Boltzmann.Evaluation;

/// <summary>
/// Annealed importance sampling of log Z (Neal 2001; Salakhutdinov and Murray 2008): chains start from layers without weights, whose
/// partition function is known, and are led to the model through slowly rising inverse temperatures. Each gathers the weight
/// log w = Σ_k F_{β_{k−1}}(x) − F_{β_k}(x), and the mean of w is Z/Z₀ without bias. For every machine of layers joined by weights.
/// </summary>
/// <remarks>
/// A set of layers that are independent given the rest is summed out of every weight, which lowers its variance
/// (<see cref="Annealing.SummedOut"/>): the hidden side of an RBM, every second layer of a deep machine (Salakhutdinov and Hinton 2009,
/// section 4.1). All in double precision. The logarithm of an unbiased mean is on average too small, so the forward estimate is on average
/// an underestimate of log Z; walking the path backwards from samples of the model gives the mean of 1/w, hence on average an overestimate
/// (Burda, Grosse and Salakhutdinov 2015). The two bracket log Z. Where relu units meet relu or Gaussian ones nothing checks that the model
/// has a distribution at all; two Gaussian layers are checked.
/// </remarks>
public static class AnnealedImportanceSampling
{
    // A pilot of each side: a fifth of the chains and a twentieth of the betas of a usual walk, so both together cost about a fiftieth of
    // it.
    const int PilotChains = 20, PilotShare = 20, PilotBetas = 50;

    /// <summary>Forward estimate of log Z, in nats: on average an underestimate.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="settings">Chains and path; null for the defaults.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="progress">Told the finished fraction from time to time.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">The settings do not make a path; the message says why.</exception>
    /// <exception cref="BadInputException">The model has no distribution, or parameters that are not finite.</exception>
    public static LogPartitionEstimate Estimate(
        EnergyModel model, Annealing? settings, Rng rng, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings ??= new();
        double[] betas = settings.BetaValues();
        AnnealedWalk walk = Begin(model, settings, Annealing.Positive(settings.Chains, "chains"), rng, cancellation, out int[] summedOut);
        walk.SampleStart(rng);
        return LogPartitionEstimate.Forward(walk.LogPartitionOfStart(), walk.Walk(betas, rng, progress, cancellation),
            betas.Length) with
        { SummedLayers = summedOut };
    }

    /// <summary>
    /// Reverse estimate of log Z from exact samples of the model: on average an overestimate. Only for models that
    /// <see cref="Exact.Reaches"/>.
    /// </summary>
    /// <inheritdoc cref="Estimate"/>
    public static LogPartitionEstimate EstimateReverse(
        EnergyModel model, Annealing? settings, Rng rng, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings ??= new();
        State samples = Exact.Sample(model, Annealing.Positive(settings.Chains, "chains"), rng);
        AnnealedWalk walk = Begin(model, settings, samples.Rows, rng, cancellation, out int[] summedOut);
        walk.SetState(samples);
        return Reverse(walk, settings, summedOut, rng, progress, cancellation);
    }

    /// <summary>
    /// Reverse estimate of log Z from chains that begin at given rows, one chain a row, and first run freely at β = 1. It is an upper
    /// estimate as far as these chains are samples of the model: a model that puts probability where no data are is missed by chains that
    /// never get there, and the value is then too low. The effect shrinks with <paramref name="burnIn"/> on a model that mixes.
    /// </summary>
    /// <param name="model">As for <see cref="Estimate"/>.</param>
    /// <param name="settings">The path; its number of chains is not used. Null for the defaults.</param>
    /// <param name="start">[chains × visible units]: rows of data, or persistent chains of a training, of layer 0 alone or with the columns
    /// of all visible layers side by side. Hidden layers start from their mean-field distribution.</param>
    /// <param name="burnIn">Gibbs sweeps at β = 1 before the walk, 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="progress">Told the finished fraction of the walk from time to time.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">Rows and model do not fit, or the settings do not make a path.</exception>
    /// <exception cref="BadInputException">The model has no distribution, or parameters that are not finite.</exception>
    public static LogPartitionEstimate EstimateReverse(
        EnergyModel model, Annealing? settings, Matrix start, int burnIn, Rng rng, IProgress<double>? progress = null,
            CancellationToken cancellation = default)
    {
        settings ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(burnIn);
        AnnealedWalk walk = Begin(model, settings, Annealing.Positive(start.Rows, "starting rows"), rng, cancellation, out int[] summedOut);
        walk.SetVisible(start, rng);
        walk.Sweep(burnIn, rng, cancellation);
        return Reverse(walk, settings, summedOut, rng, progress, cancellation);
    }

    /// <summary>
    /// Forward estimates of log Z given the context of each row, in nats: of machines with context layers, whose partition function differs
    /// from context to context.
    /// </summary>
    /// <param name="model">A machine with context layers.</param>
    /// <param name="rows">[N × <see cref="EnergyModel.RowColumns"/>], of which the columns of context are read.</param>
    /// <param name="settings">Chains and path for each row; null for the defaults.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">Rows and model do not fit, or the settings do not make a path.</exception>
    public static IReadOnlyList<LogPartitionEstimate> EstimatePerRow(EnergyModel model, Matrix rows, Annealing? settings, Rng rng,
        CancellationToken cancellation = default)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        var conditional = new ConditionalModel(target, target.Modelled);
        var estimates = new List<LogPartitionEstimate>();
        foreach (var (_, state) in FreeEnergy.States(target, rows))
            for (int r = 0; r < state.Rows; r++)
            {
                conditional.Set(state, r);
                estimates.Add(Estimate(conditional, settings, rng, null, cancellation));
            }
        return estimates;
    }

    static LogPartitionEstimate Reverse(AnnealedWalk walk, Annealing settings, int[] summedOut, Rng rng, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        double[] betas = settings.BetaValues();
        Array.Reverse(betas);
        return LogPartitionEstimate.Reverse(walk.LogPartitionOfStart(), walk.Walk(betas, rng, progress, cancellation),
            betas.Length) with
        { SummedLayers = summedOut };
    }

    static AnnealedWalk Begin(EnergyModel model, Annealing settings, int chains, Rng rng, CancellationToken cancellation,
        out int[] summedOut)
    {
        Exact.RequireNoContext(model);
        ExactMethod.RequireOneLength(model);
        EnergyModel target = FreeEnergy.InDouble(model);
        // Two Gaussian layers may have no distribution at all; the closed form knows.
        if (GaussianPair.Is(target)) _ = new GaussianPair(target);
        Layer[] start = settings.StartFor(target);
        int sweeps = Annealing.Positive(settings.Sweeps, "sweeps");
        summedOut = Choose(target, settings, chosen => Variance(new AnnealedWalk(target, start, chosen, sweeps,
            Math.Min(chains, PilotChains)), settings.BetaValues(), rng, cancellation));
        return new(target, start, summedOut, sweeps, chains);
    }

    static int[] Choose(EnergyModel model, Annealing settings, Func<IReadOnlyList<int>, double> variance)
    {
        if (settings.SummedOut != SummedOut.Auto)
        {
            LayerSides sides = model.Sides ?? throw new BadInputException("this model has no two sides that are each independent given the "
                + "other; let annealing choose by itself what to sum out");
            return [.. settings.SummedOut == SummedOut.Even ? sides.Even : sides.Odd];
        }
        if (!model.AreIndependent(model.HiddenLayers) && model.Sides is LayerSides both)
            return [.. variance(both.Odd) <= variance(both.Even) ? both.Odd : both.Even];
        return DefaultSummedOut(model);
    }

    /// <summary>
    /// What is summed out where no pilot decides: hidden layers if they are independent, else the odd side, else as many units as are
    /// independent.
    /// </summary>
    internal static int[] DefaultSummedOut(EnergyModel model) =>
        model.AreIndependent(model.HiddenLayers) ? [.. model.HiddenLayers]
            : model.Sides is LayerSides sides ? [.. sides.Odd] : LargestIndependent(model, Enumerable.Range(0, model.Layers.Count));

    static double Variance(AnnealedWalk pilot, double[] betas, Rng rng, CancellationToken cancellation)
    {
        int count = Math.Min(betas.Length, Math.Clamp(betas.Length / PilotShare, PilotBetas, 10 * PilotBetas));
        double[] thinned = [.. Enumerable.Range(0, count).Select(k => betas[(int)((long)k * (betas.Length - 1) / (count - 1))])];
        pilot.SampleStart(rng);
        double[] logs = pilot.Walk(thinned, rng, null, cancellation);
        double mean = logs.Average();
        return logs.Sum(x => (x - mean) * (x - mean));
    }

    /// <summary>Some of these layers that are independent given the rest: greedily, those of most units first.</summary>
    internal static int[] LargestIndependent(EnergyModel model, IEnumerable<int> among)
    {
        var chosen = new List<int>();
        foreach (int l in among.OrderByDescending(l => model.Layers[l].Units))
            if (!model.AreJoined(l, l) && chosen.All(other => !model.AreJoined(l, other))) chosen.Add(l);
        chosen.Sort();
        return [.. chosen];
    }
}
