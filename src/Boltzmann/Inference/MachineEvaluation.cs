namespace Boltzmann.Inference;

/// <summary>
/// Judges a machine of one energy: its log-likelihood where that can be had, and where hidden layers are joined the mean-field bound on it.
/// </summary>
static class MachineEvaluation
{
    const long QuickStates = 1 << 12;
    const uint GapStream = 0x67617073;

    /// <summary>Whether a metric sums over all states of the hidden layers.</summary>
    public static bool NeedsEnumeration(EvaluationMetric metric) => metric is EvaluationMetric.FreeEnergy or EvaluationMetric.LogLikelihood;

    /// <summary>
    /// Whether that sum is so short that nobody has to ask for it: of the hidden layers every second one is enumerated, the others are
    /// summed in closed form.
    /// </summary>
    public static bool IsQuick(EnergyModel model) => HasQuickSums(model) && Exact.Reaches(model);

    /// <summary>Whether the free energy of a row is such a sum.</summary>
    public static bool HasQuickSums(EnergyModel model) => FreeEnergy.StatesPerRow(model) <= QuickStates;

    /// <summary>Throws where the sum over hidden states cannot be had: before log Z is estimated in vain.</summary>
    /// <exception cref="BadInputException">There are too many states.</exception>
    public static void RequireEnumerable(LoadedModel loaded, EvaluationMetric metric, bool isPartial)
    {
        bool needsLogPartition = metric == EvaluationMetric.LogLikelihood && !isPartial;
        EnergyModel model = loaded.Model.Undirected;
        if (FreeEnergy.StatesPerRow(model) is not null && (!needsLogPartition || HasQuickSums(model) || Exact.Reaches(model))) return;
        throw new BadInputException($"--metrics {metric.Word()} sums over every state of the hidden units, and {loaded.Title} has too many"
            + (isPartial ? "" : $": {EvaluationMetric.Elbo.Word()} bounds the log-likelihood from below"));
    }

    /// <summary>Throws where the bound has nothing to be a bound over.</summary>
    /// <exception cref="BadInputException">There are no hidden units, nor labels.</exception>
    public static void RequireHidden(LoadedModel loaded)
    {
        EnergyModel model = loaded.Model.Undirected;
        if (model.HiddenLayers.Count == 0 && model.LabelLayer is null)
            throw new BadInputException($"--metrics {EvaluationMetric.VariationalGap.Word()} needs hidden units, and "
                + $"{loaded.Title} has none");
    }

    /// <summary>
    /// Whether each row has a partition function of its own, so that there is no single log Z: rows with absent entries, and rows with
    /// context.
    /// </summary>
    public static bool HasOwnPartitions(LoadedModel loaded, MissingValues? missing) =>
        missing == MissingValues.Absent || loaded.Model.Undirected.ContextLayers.Count > 0;

    /// <summary>What is judged where nothing is asked for, of rows with gaps or with context.</summary>
    public static EvaluationMetric[] DefaultsOfGaps(LoadedModel loaded, MissingValues? missing) =>
        HasOwnPartitions(loaded, missing) && !IsQuick(loaded.Model.Undirected) ? [EvaluationMetric.FreeEnergy]
            : [EvaluationMetric.FreeEnergy, EvaluationMetric.LogLikelihood];

    /// <summary>Throws where a metric is not defined for rows with gaps, or for machines with context.</summary>
    /// <exception cref="BadInputException">It is not; the message says which are.</exception>
    public static void RequireDefined(LoadedModel loaded, MissingValues? missing, IReadOnlyList<EvaluationMetric> asked)
    {
        if (missing is not null && loaded.Description.Model != ModelKind.Rbm.Name && loaded.Model is not MachineModel)
        {
            throw new BadInputException($"rows with gaps are judged by machines of one energy (rbm, dbm, bm, graph), and {loaded.Path} "
                + $"holds {loaded.Description.Kind}: leave rows with gaps out, or complete them (sample --impute)");
        }
        bool hasContext = loaded.Model.Undirected.ContextLayers.Count > 0;
        if (missing is null && !hasContext) return;
        EvaluationMetric[] defined = [EvaluationMetric.FreeEnergy, EvaluationMetric.LogLikelihood, EvaluationMetric.PseudoLikelihood,
            .. missing is null ? (EvaluationMetric[])[EvaluationMetric.Reconstruction] : [],
            .. HasOwnPartitions(loaded, missing) ? (EvaluationMetric[])[] : [EvaluationMetric.LogPartition]];
        EvaluationMetric[] others = [.. asked.Except(defined)];
        if (others.Length > 0)
        {
            throw new BadInputException($"--metrics {others[0].Word()} is of machines and rows without "
                + $"{(hasContext ? "context" : "gaps")}; for these expected {defined.Words()}");
        }
        if (asked.Contains(EvaluationMetric.LogLikelihood) && HasOwnPartitions(loaded, missing)
            && Exact.Complaint(loaded.Model.Undirected) is string complaint)
        {
            throw new BadInputException($"--metrics {EvaluationMetric.LogLikelihood.Word()}: log Z differs from row to row, and "
                + $"{complaint}; {EvaluationMetric.FreeEnergy.Word()} and {EvaluationMetric.PseudoLikelihood.Word()} need none");
        }
    }

    /// <param name="context">Seed, bars, Ctrl-C.</param>
    /// <param name="model">The machine, in double precision.</param>
    /// <param name="rows">What it is judged by; null without data.</param>
    /// <param name="asked">Names of metrics.</param>
    /// <param name="logPartition">log Z, for those that need it; null where each row has its own.</param>
    /// <param name="gapRows">Rows of the variational gap.</param>
    public static EvaluationResult Measure(RunContext context, EnergyModel model, ModelRows? rows, IReadOnlyList<EvaluationMetric> asked,
        LogPartitionResult? logPartition, int gapRows)
    {
        var result = new EvaluationResult { LogPartition = logPartition };
        double? reverse = logPartition?.ReverseValue;
        if (asked.Any(NeedsEnumeration))
        {
            Score free = Score("free energies", batch => rows!.Missing is MissingValues missing
                ? FreeEnergy.PerRow(model, batch, missing) : FreeEnergy.PerRow(model, batch));
            if (asked.Contains(EvaluationMetric.FreeEnergy)) result = result with { FreeEnergy = free };
            if (asked.Contains(EvaluationMetric.LogLikelihood) && logPartition is null)
                result = result with
                {
                    LogLikelihood = Score("log-likelihoods", batch => rows!.Missing is MissingValues missing
                        ? Exact.LogLikelihood(model, batch, missing, context.Interrupted)
                        : Exact.LogLikelihood(model, batch, context.Interrupted)),
                    IsEnumerated = true,
                };
            else if (asked.Contains(EvaluationMetric.LogLikelihood))
                result = result with
                {
                    LogLikelihood = Under(free, logPartition!.Value),
                    LogLikelihoodReverse = reverse is double above ? Under(free, above) : null
                };
        }
        if (asked.Contains(EvaluationMetric.Elbo))
        {
            Score bound = Score("bound", batch => Elbo.LogLikelihoodBound(model, batch, logPartition!.Value));
            result = result with
            {
                Elbo = new("mean-field", bound, null, double.NaN, reverse is double above ? bound.Mean
                + logPartition!.Value - above : null)
            };
        }
        if (asked.Contains(EvaluationMetric.VariationalGap))
            result = result with
            {
                Gap = new(context.Track("gap of the bound", progress => VariationalGap.Estimate(model,
                rows!.First(gapRows), null, new Rng(context.Seed, GapStream), null, progress, context.Interrupted)))
            };
        if (asked.Contains(EvaluationMetric.PseudoLikelihood))
            result = result with
            {
                PseudoLikelihood = Score("pseudo-likelihood", batch => rows!.Missing is MissingValues missing
                ? PseudoLikelihood.PerRow(model, batch, missing) : PseudoLikelihood.PerRow(model, batch))
            };
        if (asked.Contains(EvaluationMetric.Reconstruction))
            result = result with
            {
                SquaredError = Score("reconstruction", batch => Reconstruction.SquaredError(model, batch)),
                CrossEntropy = Score("cross-entropy", batch => Reconstruction.CrossEntropy(model, batch)),
            };
        return result;

        Score Score(string title, Func<Matrix, Score> metric) => context.Track(title, progress => rows!.Measure(metric, progress));

        static Score Under(Score free, double logZ) => new([.. free.PerRow.Select(f => -f - logZ)]);
    }
}
