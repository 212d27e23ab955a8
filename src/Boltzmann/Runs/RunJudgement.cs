namespace Boltzmann.Runs;

/// <summary>
/// What a report says of how good the model is: what `evaluate` finds of the held-out rows, of the training rows where none are held out.
/// </summary>
/// <param name="Rows">Whose numbers these are: "2,000 held-out rows".</param>
/// <param name="Likelihood">log p of rows or the bound on it, with log Z; null where none was found.</param>
/// <param name="Columns">log p of the same rows by independent columns; null beside no likelihood.</param>
/// <param name="Labels">What it predicts; null of a model without labels.</param>
/// <param name="Missing">Why there is no likelihood though the model has one; null for no reason.</param>
sealed record RunJudgement(string Rows, EvaluationResult? Likelihood, Score? Columns, LabelJudgement? Labels, string? Missing)
{
    const uint Stream = 0x6a756467;

    /// <summary>Judges the model of a finished training.</summary>
    public static RunJudgement Of(TrainingTask task, RunContext context)
    {
        Dataset judged = (task.Validation ?? task.Training).CompleteRows();
        string rows = $"{judged.Count:N0} {(task.Validation is null ? "training" : "held-out")} rows";
        if (judged.Count == 0) return new(rows, null, null, null, "no row is complete");
        LabelJudgement? labels = task.Classes is { } classes ? LabelJudgement.Of(task.Shown, judged, classes) : null;
        if (task.Plan.Objective != Objective.Generative) return new(rows, null, null, labels, null);
        if (task.Shown.DrawsByRow)
            return new(rows, null, null, labels, "rows of different sums have partition functions of their own, and evaluate finds them");
        GenerativeModel model = task.Shown.Clone(task.Shown.Placement.Double);
        if (LikelihoodCost.Outweighs(task.Plan, model.Undirected, task.Training.Count, task.Epochs.Sum()))
            return new(rows, null, null, labels, "an estimate of log Z would take longer than the training did");
        // Ctrl-C has nothing to save here, and the page is a matter of seconds.
        RunContext own = context with { Interrupted = default, Seed = task.Seed };
        ModelRows held = InBits(judged), learned = InBits(task.Training.WithoutGaps());
        try
        {
            EvaluationResult found = LikelihoodEvaluation.Measure(model, held, learned, own);
            Score columns = held.Measure(batch =>
                IndependentColumns.LogLikelihood(model.RowLayers, task.Training.Statistics, task.Training.Count, batch));
            return new(rows, found, columns, labels, null) { ArePixels = judged.Image is not null };
        }
        catch (BadInputException e)
        {
            return new(rows, null, null, labels, e.Message);
        }

        ModelRows InBits(Dataset data) => new(data, model.Placement, task.Options[0].Binarization, task.Seed + Stream, default);
    }

    /// <summary>Whether columns are pixels.</summary>
    public bool ArePixels { get; init; }

    /// <summary>log p of the rows, or the bound on it.</summary>
    public Score? Score => Likelihood?.LogLikelihood ?? Likelihood?.Elbo?.Bound;

    /// <summary>Whether the number is a bound from below.</summary>
    public bool IsBound => Likelihood is { LogLikelihood: null, Elbo: not null };

    /// <summary>How far log Z is to be believed; null where it is exact.</summary>
    public BracketVerdict? Verdict => Likelihood is { IsEnumerated: true, LogLikelihood: not null } ? null
        : Likelihood?.LogPartition?.Verdict;

    /// <summary>How much better than independent columns, row by row, in nats; null without a likelihood.</summary>
    public Score? Gain => Score is { } score && Columns is { } columns
        ? new Score([.. score.PerRow.Zip(columns.PerRow, (model, alone) => model - alone)]) : null;

    /// <summary>The same number with the reverse estimate of log Z; null without one.</summary>
    public double? UnderReverse => Likelihood?.LogLikelihoodReverse?.Mean ?? Likelihood?.Elbo?.MeanUnderReverse;
}
