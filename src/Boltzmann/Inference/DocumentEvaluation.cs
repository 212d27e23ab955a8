namespace Boltzmann.Inference;

/// <summary>Judges a machine whose rows have draws of their own, as documents have words: each length has a log Z.</summary>
static class DocumentEvaluation
{
    static readonly EvaluationMetric[] defined = [EvaluationMetric.Perplexity, EvaluationMetric.Completion, EvaluationMetric.FreeEnergy,
        EvaluationMetric.LogLikelihood, EvaluationMetric.Reconstruction];

    static readonly EvaluationMetric[] needLogPartition = [EvaluationMetric.Perplexity, EvaluationMetric.LogLikelihood];

    /// <summary>What is judged where nothing is asked for.</summary>
    public static EvaluationMetric[] Defaults { get; } = [EvaluationMetric.Completion];

    /// <summary>Throws unless the model and the metrics are of documents, where one of them is.</summary>
    /// <exception cref="BadInputException">They are not; the message says what is expected.</exception>
    public static void RequireDefined(LoadedModel loaded, IReadOnlyList<EvaluationMetric> asked)
    {
        if (!loaded.Model.DrawsByRow)
        {
            EvaluationMetric[] own = [.. asked.Intersect(EvaluationMetrics.OfDocuments)];
            if (own.Length > 0)
                throw new BadInputException($"--metrics {own[0].Word()} is of models of documents (train rbm --visible-units multinomial "
                    + $"--draws row), and {loaded.Title} is not one");
            return;
        }
        if (loaded.Description.Model != ModelKind.Rbm.Name)
            throw new BadInputException($"{loaded.Path}: a {loaded.Description.Model} whose rows have draws of their own is not judged "
                + "by its rows; expected an rbm, such as its first machine");
        EvaluationMetric[] others = [.. asked.Except(defined)];
        if (others.Length > 0)
            throw new BadInputException($"--metrics {others[0].Word()} is not of machines whose rows have draws of their own; expected "
                + defined.Words());
    }

    /// <summary>Judges.</summary>
    /// <param name="context">Seed, bars, Ctrl-C.</param>
    /// <param name="model">The machine, in double precision.</param>
    /// <param name="rows">What it is judged by.</param>
    /// <param name="asked">Names of metrics.</param>
    /// <param name="request">How log Z is found.</param>
    public static EvaluationResult Measure(RunContext context, Rbm model, ModelRows rows, IReadOnlyList<EvaluationMetric> asked,
        LogPartitionRequest request)
    {
        var result = new EvaluationResult();
        Score? free = asked.Any(metric => metric is EvaluationMetric.FreeEnergy or EvaluationMetric.LogLikelihood)
            ? Score("free energies", batch => FreeEnergy.PerRow(model, batch)) : null;
        if (asked.Contains(EvaluationMetric.FreeEnergy)) result = result with { FreeEnergy = free };
        if (asked.Any(needLogPartition.Contains))
        {
            int[] draws = [.. rows.Batches().SelectMany(DocumentLikelihood.Draws)];
            LengthPartitions lengths = LengthPartitions.Find(request, model, rows, draws, context);
            result = result with { Lengths = lengths };
            // By how much log p of a row is less with the reverse estimate.
            double Less(int n) => n == 0 ? 0 : lengths.Reverse(n) - lengths.Value(n);
            if (asked.Contains(EvaluationMetric.LogLikelihood))
            {
                double[] forward = [.. free!.PerRow.Zip(draws, (f, n) => n == 0 ? 0 : -f - lengths.Value(n))];
                result = result with
                {
                    LogLikelihood = new(forward),
                    LogLikelihoodReverse = lengths.HasReverse ? new([.. forward.Zip(draws, (log, n) => log - Less(n))]) : null,
                    IsEnumerated = lengths.IsExact,
                };
            }
            if (asked.Contains(EvaluationMetric.Perplexity))
            {
                WordScore forward = Words(batch => DocumentLikelihood.OfSequences(model, batch, lengths.Value));
                result = result with
                {
                    Perplexity = forward,
                    PerplexityReverse = lengths.HasReverse
                        ? new([.. forward.LogProbabilities.Zip(draws, (log, n) => log - Less(n))], forward.Words) : null,
                };
            }
        }
        if (asked.Contains(EvaluationMetric.Completion))
            result = result with
            {
                Completion = context.Track("completion", progress => Words(batch =>
                    WordCompletion.Score(model, batch, context.Interrupted), progress)),
            };
        if (asked.Contains(EvaluationMetric.Reconstruction))
            result = result with
            {
                SquaredError = Score("reconstruction", batch => Reconstruction.SquaredError(model, batch)),
                CrossEntropy = Score("cross-entropy", batch => Reconstruction.CrossEntropy(model, batch)),
            };
        return result;

        Score Score(string title, Func<Matrix, Score> metric) => context.Track(title, progress => rows.Measure(metric, progress));

        WordScore Words(Func<Matrix, WordScore> metric, IProgress<double>? progress = null)
        {
            WordScore[] parts = [.. rows.Batches(progress).Select(metric)];
            return new([.. parts.SelectMany(part => part.LogProbabilities)], [.. parts.SelectMany(part => part.Words)]);
        }
    }
}
