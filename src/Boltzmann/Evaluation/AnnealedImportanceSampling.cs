namespace Boltzmann;

/// <summary>
/// Annealed importance sampling of log Z (Neal 2001; Salakhutdinov and Murray 2008): chains start from layers without weights, whose partition
/// function is known, and are led to the model through slowly rising inverse temperatures. Each gathers the weight
/// log w = Σ_k F_{β_{k−1}}(v) − F_{β_k}(v), and the mean of w is Z/Z₀ without bias.
/// </summary>
/// <remarks>
/// The state is the visible side; hidden units are summed out of every weight, which lowers its variance. All in double precision.
/// The logarithm of an unbiased mean is on average too small, so the forward estimate is on average an underestimate of log Z; walking the path
/// backwards from samples of the model gives the mean of 1/w, hence on average an overestimate (Burda, Grosse and Salakhutdinov 2015).
/// The two bracket log Z. Where relu units meet relu or Gaussian ones nothing checks that the model has a distribution at all; two Gaussian
/// layers are checked.
/// </remarks>
public static class AnnealedImportanceSampling
{
    const int Reports = 200;

    /// <summary>Forward estimate of log Z, in nats: on average an underestimate.</summary>
    /// <param name="model">An <see cref="Rbm"/>, or another model of visible layers joined to one hidden layer.</param>
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
        var path = new Path(model, settings, Positive(settings.Chains, "chains"));
        path.SampleStart(rng);
        double[] betas = settings.BetaValues();
        return LogPartitionEstimate.Forward(path.LogPartitionOfStart(), path.Walk(betas, rng, progress, cancellation), betas.Length);
    }

    /// <summary>
    /// Reverse estimate of log Z from exact samples of the model: on average an overestimate. Only for models that <see cref="Exact.Reaches"/>.
    /// </summary>
    /// <inheritdoc cref="Estimate"/>
    public static LogPartitionEstimate EstimateReverse(
        EnergyModel model, Annealing? settings, Rng rng, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings ??= new();
        State samples = Exact.Sample(model, Positive(settings.Chains, "chains"), rng);
        return EstimateReverse(model, settings, LayerPair.From(model).Lower(samples), 0, rng, progress, cancellation);
    }

    /// <summary>
    /// Reverse estimate of log Z from chains that begin at given rows, one chain a row, and first run freely at β = 1. It is an upper estimate as
    /// far as these chains are samples of the model: a model that puts probability where no data are is missed by chains that never get there, and
    /// the value is then too low. The effect shrinks with <paramref name="burnIn"/> on a model that mixes.
    /// </summary>
    /// <param name="model">As for <see cref="Estimate"/>.</param>
    /// <param name="settings">The path; its number of chains is not used. Null for the defaults.</param>
    /// <param name="start">[chains × visible units]: rows of data, or persistent chains of a training; with the columns of all visible layers side by side.</param>
    /// <param name="burnIn">Gibbs sweeps at β = 1 before the walk, 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="progress">Told the finished fraction of the walk from time to time.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">Rows and model do not fit, or the settings do not make a path.</exception>
    /// <exception cref="BadInputException">The model has no distribution, or parameters that are not finite.</exception>
    public static LogPartitionEstimate EstimateReverse(
        EnergyModel model, Annealing? settings, Matrix start, int burnIn, Rng rng, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        settings ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(burnIn);
        var path = new Path(model, settings, Positive(start.Rows, "starting rows"));
        path.SetState(start);
        path.Sweep(burnIn, rng, cancellation);
        double[] betas = settings.BetaValues();
        Array.Reverse(betas);
        return LogPartitionEstimate.Reverse(path.LogPartitionOfStart(), path.Walk(betas, rng, progress, cancellation), betas.Length);
    }

    static int Positive(int count, string what) => count > 0 ? count : throw new ArgumentException($"annealing needs at least one of its {what}, not {count}");

    /// <summary>The chains, the model at the inverse temperature they have left and the one they go to, and all memory of a walk.</summary>
    sealed class Path
    {
        readonly LayerPair target;
        readonly Layer[] start, scratch;
        readonly Matrix visible, hidden, field, hiddenInputs, visibleInputs, logWeights;
        readonly int sweeps;
        Layer[] from, to;

        public Path(EnergyModel model, Annealing settings, int chains)
        {
            target = LayerPair.From(model);
            // Two Gaussian layers may have no distribution at all; the closed form knows.
            if (target[0] is GaussianLayer && target[1] is GaussianLayer) _ = new GaussianPair(target);
            sweeps = Positive(settings.Sweeps, "sweeps");
            IReadOnlyList<Layer> layers = settings.Start ?? Annealing.Uniform(model);
            Layer[] sides = target.Pair([.. layers.Select(l => l.Clone(target.Placement))]);
            start = new Layer[2];
            for (int l = 0; l < 2; l++)
            {
                // CopyFrom refuses another kind or size.
                start[l] = target[l].Clone();
                start[l].CopyFrom(sides[l]);
            }
            from = [target[0].Clone(), target[1].Clone()];
            to = [target[0].Clone(), target[1].Clone()];
            scratch = [target[0], target[1]];
            visible = target.Weights.Like(chains, target[0].Units);
            visibleInputs = target.Weights.Like(chains, target[0].Units);
            hidden = target.Weights.Like(chains, target[1].Units);
            field = target.Weights.Like(chains, target[1].Units);
            hiddenInputs = target.Weights.Like(chains, target[1].Units);
            logWeights = target.Weights.Like(chains, 1);
        }

        public double LogPartitionOfStart()
        {
            double sum = 0;
            foreach (Layer layer in start)
            {
                var value = new Matrix(1, 1, layer.Placement);
                layer.AddLogNormalizer(new Matrix(1, layer.Units, layer.Placement), value);
                sum += value[0, 0];
            }
            return sum;
        }

        public void SampleStart(Rng rng)
        {
            visibleInputs.Fill(0);
            start[0].Sample(visibleInputs, visible, rng);
        }

        public void SetState(Matrix rows)
        {
            if (rows.Columns != visible.Columns) throw new ArgumentException($"the model has {visible.Columns} visible units, but the starting rows have {rows.Columns} columns");
            visible.SetCopy(rows);
        }

        /// <summary>Gibbs sweeps of the model itself.</summary>
        public void Sweep(int count, Rng rng, CancellationToken cancellation)
        {
            for (int s = 0; s < count; s++)
            {
                cancellation.ThrowIfCancellationRequested();
                target.SetInputs(1, visible, hiddenInputs);
                Transition(scratch, 1, rng);
            }
        }

        /// <summary>Walks along the inverse temperatures and returns each chain's log w. Two products a step; allocates nothing on the way.</summary>
        public double[] Walk(double[] betas, Rng rng, IProgress<double>? progress, CancellationToken cancellation)
        {
            logWeights.Fill(0);
            Interpolate(to, betas[0]);
            int last = betas.Length - 1;
            for (int k = 1; k <= last; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                (from, to) = (to, from);
                Interpolate(to, betas[k]);
                // The field vW serves both free energies and the first draw of the hidden layer.
                target.SetInputs(1, visible, field);
                AddFreeEnergy(from, betas[k - 1], 1);
                AddFreeEnergy(to, betas[k], -1);
                // The last weight is taken: where the chains would go on from there does not matter.
                for (int s = 0; s < sweeps && k < last; s++)
                {
                    if (s > 0) target.SetInputs(1, visible, hiddenInputs, betas[k]);
                    Transition(to, betas[k], rng);
                }
                if (progress is not null && (k == last || (long)k * Reports / last != (k - 1L) * Reports / last)) progress.Report((double)k / last);
            }
            var logs = new double[visible.Rows];
            for (int r = 0; r < logs.Length; r++) logWeights.ReadRow(r, logs.AsSpan(r, 1));
            return logs;
        }

        void Interpolate(Layer[] layers, double beta)
        {
            for (int l = 0; l < 2; l++) layers[l].SetInterpolation(start[l], target[l], beta);
        }

        // Leaves the hidden inputs at this beta behind.
        void AddFreeEnergy(Layer[] layers, double beta, double scale)
        {
            hiddenInputs.SetSum(field, beta);
            layers[0].AddEnergy(visible, logWeights, scale);
            layers[1].AddLogNormalizer(hiddenInputs, logWeights, -scale);
        }

        void Transition(Layer[] layers, double beta, Rng rng)
        {
            layers[1].Sample(hiddenInputs, hidden, rng);
            target.SetInputs(0, hidden, visibleInputs, beta);
            layers[0].Sample(visibleInputs, visible, rng);
        }
    }
}
