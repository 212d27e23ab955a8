namespace Boltzmann.Inference;

/// <summary>
/// Judges a deep belief network: the bound on its log-likelihood, the log-likelihood itself where that can be enumerated, its
/// reconstructions.
/// </summary>
static class DbnEvaluation
{
    const uint Stream = 0x656c626f;

    /// <summary>Whether every state of the layers between and a side of the top pair can be gone through.</summary>
    public static bool IsEnumerable(Dbn stack) =>
        stack.Layers.Skip(1).SkipLast(1).All(layer => layer.StateCount <= DbnLikelihood.MaximumStates) && Exact.Reaches(stack.TopModel);

    /// <summary>Throws where the log-likelihood cannot be had: before log Z is estimated in vain.</summary>
    /// <exception cref="BadInputException">There are too many states.</exception>
    public static void RequireEnumerable(LoadedModel loaded)
    {
        Dbn stack = ((StackModel)loaded.Model).Stack;
        if (!IsPair(stack) && !IsEnumerable(stack))
            throw new BadInputException($"--metrics {EvaluationMetric.LogLikelihood.Word()} sums over every state of the layers between, "
                + $"at most {DbnLikelihood.MaximumStates} each; {loaded.Title} has more: "
                + $"{EvaluationMetric.Elbo.Word()} bounds it from below");
    }

    public static EvaluationResult Measure(RunContext context, Dbn stack, ModelRows? rows, IReadOnlyList<EvaluationMetric> asked,
        LogPartitionResult? logPartition, int passes)
    {
        var result = new EvaluationResult { LogPartition = logPartition, IsOfStack = true, IsEnumerated = !IsPair(stack) };
        if (asked.Contains(EvaluationMetric.Elbo)) result = result with
        {
            Elbo = Bound(context, stack, rows!, logPartition!,
            logPartition!.IsExact && IsEnumerable(stack), passes)
        };
        if (asked.Contains(EvaluationMetric.LogLikelihood))
            result = result with
            {
                LogLikelihood = Score("log-likelihood",
                batch => IsPair(stack) ? OfPair(stack, batch, logPartition!.Value) : DbnLikelihood.ExactLogLikelihood(stack, batch))
            };
        if (asked.Contains(EvaluationMetric.Reconstruction))
            result = result with
            {
                SquaredError = Score("reconstruction", batch => DbnReconstruction.SquaredError(stack, batch)),
                CrossEntropy = Score("cross-entropy", batch => DbnReconstruction.CrossEntropy(stack, batch)),
            };
        return result;

        Score Score(string title, Func<Matrix, Score> metric) => context.Track(title, progress => rows!.Measure(metric, progress));
    }

    static ElboResult Bound(RunContext context, Dbn stack, ModelRows rows, LogPartitionResult logPartition, bool isExact, int passes)
    {
        if (isExact)
            return new("exact", context.Track("bound", progress => rows.Measure(batch => IsPair(stack) ? OfPair(stack, batch,
                logPartition.Value) : DbnLikelihood.ExactBound(stack, batch), progress)), null, double.NaN, null);
        var rng = new Rng(context.Seed, Stream);
        double variance = 0;
        Score bound = context.Track("bound", progress => rows.Measure(batch =>
        {
            DbnBound part = DbnLikelihood.EstimateBound(stack, batch, logPartition.Value, passes, rng);
            variance += Math.Pow(part.SamplingError * batch.Rows / rows.Count, 2);
            return part.PerRow;
        }, progress));
        return new("sampled", bound, passes, Math.Sqrt(variance), logPartition.ReverseValue is double reverse ? bound.Mean
            + logPartition.Value - reverse : null);
    }

    // It has nothing between to be summed over: the bound is the log-likelihood, as good as log Z is.
    static bool IsPair(Dbn stack) => stack.Machines.Count == 1;

    // Nothing is drawn on the way.
    static Score OfPair(Dbn stack, Matrix batch, double logPartition) =>
        DbnLikelihood.EstimateBound(stack, batch, logPartition, 1, new Rng(0)).PerRow;
}
