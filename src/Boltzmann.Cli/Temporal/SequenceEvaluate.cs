using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Temporal;

/// <summary>evaluate, of machines with memory.</summary>
sealed class SequenceEvaluate
{
    /// <summary>Metrics of machines with memory beside those that other models have too.</summary>
    public static readonly string[] OwnMetrics = ["rmse-vector", "squared-error", "anomaly"];

    /// <summary>Names of metrics.</summary>
    public const string LogLikelihood = "log-likelihood", Accuracy = "accuracy", Rmse = "rmse", RmseVector = "rmse-vector", SquaredError =
        "squared-error", Anomaly = "anomaly", Perplexity = "perplexity";

    static readonly string[] all = [LogLikelihood, Rmse, RmseVector, Accuracy, SquaredError, Anomaly, Perplexity];

    readonly Option<string?> byStep = new Option<string?>("--by-step")
    {
        Description = "Machines with memory: CSV file of every step's log-probability, anomaly score and prediction.",
        HelpName = "FILE"
    }.In(HelpGroup.Output);

    readonly Option<string> prediction = ChoiceOption.Of("--predict-by", "chains", "Machines with memory whose states cannot be summed: "
        + "how the next step is predicted. chains: the weighted mean over 100 annealed chains of 25 sweeps; mean-field: by "
        + "mean-field inference, as a machine that learned by --method mp is asked unless this says otherwise.", "chains",
        "mean-field").In(HelpGroup.Metrics);

    readonly ModelInput model;
    readonly SequenceDataInput data;
    readonly Option<string[]> metrics;
    readonly LogPartitionInput logPartition;
    readonly SequenceOptionGuard guard;

    public SequenceEvaluate(ModelInput model, DataInput rows, Option<string[]> metrics, LogPartitionInput logPartition)
    {
        (this.model, this.metrics, this.logPartition) = (model, metrics, logPartition);
        data = new(rows);
        guard = new(Options, ["--data", "--split", "--format", "--metrics", "--method", "--chains", "--betas", "--burn-in"]);
    }

    public IReadOnlyList<Option> Options => [byStep, prediction, .. data.Options];

    /// <summary>Evaluates, if the model is a machine with memory; null if it is not.</summary>
    public int? Run(ParseResult parsed, Session session)
    {
        string[] asked = parsed.GetValue(metrics) ?? [];
        if (!guard.IsOf(parsed, model))
            return asked.FirstOrDefault(OwnMetrics.Contains) is string foreign
                ? throw new BadInputException($"the metric {foreign} is for machines with memory (dybm, crbm, rtrbm, rnn-rbm)") : null;
        if (asked.FirstOrDefault(name => !all.Contains(name)) is string wrong)
            throw new BadInputException($"the metric {wrong} is for models of rows; machines with memory have {string.Join(", ", all)}");
        string? path = parsed.GetValue(byStep);
        if (path is not null) RowsFile.Check("--by-step", path, ".csv");
        LogPartitionRequest walk = logPartition.Request(parsed);
        TrainedSequences trained = session.Track($"reading {parsed.GetValue(model.Argument)}", () => TrainedSequences.Load(
            parsed.GetValue(model.Argument)!, session.Placement));
        Sequences chosen = trained.Prepared(trained.Open(data.Request(parsed, session), session.Context));
        RequireMeaning(asked, trained);
        var scoring = new SequenceScoring
        {
            IsAnnealed = walk.Method == LogPartitionMethod.Ais,
            Chains = walk.Chains ?? LogPartitionRequest.DefaultChains,
            Betas = walk.Betas ?? LogPartitionRequest.DefaultBetas,
            BurnIn = walk.BurnIn ?? new SequenceScoring().BurnIn,
            IsMeanField = parsed.IsGiven(prediction) ? parsed.GetValue(prediction) == "mean-field" : trained.PredictionSweeps is not null,
            MeanFieldSweeps = trained.PredictionSweeps ?? new SequenceScoring().MeanFieldSweeps,
            Seed = session.Seed,
        };
        bool isExact = SequenceEvaluation.IsExact(trained.Model, chosen);
        RequireUse(parsed, trained.Model, walk, isExact);
        string[] found = asked.Length > 0 ? asked
            : [.. isExact || scoring.IsAnnealed ? [LogLikelihood] : (string[])[], .. Defaults(trained)];
        bool needsLikelihood = found.Any(name => name is LogLikelihood or Anomaly or Perplexity) || path is not null;
        bool needsPredictions = found.Any(name => name is Rmse or RmseVector or Accuracy or SquaredError) || path is not null;
        SequenceScore? likelihood = !needsLikelihood ? null : session.Track("log-likelihood", progress =>
            SequenceEvaluation.LogLikelihood(trained.Model, chosen, scoring, progress, session.Interrupted));
        PredictionScore? predictions = !needsPredictions ? null : session.Track("predictions", () =>
            SequenceEvaluation.Predictions(trained.Model, chosen, scoring, trained.TrainingMean, path is not null,
                session.Interrupted));
        var evaluated = new EvaluatedSequences(trained, chosen, found, asked.Length == 0, likelihood, predictions, path);
        if (path is not null) AtomicFile.WriteText(path, evaluated.Table());
        if (evaluated.LacksLikelihood)
            session.Note("the log-likelihood would need annealing; --metrics log-likelihood asks for it");
        if (session.Json) session.WriteJson(evaluated.Write);
        else session.Print(evaluated.Text(session));
        return ExitCode.Done;
    }

    static void RequireMeaning(string[] asked, TrainedSequences trained)
    {
        Layer visible = trained.Model.Visible;
        if (asked.Contains(Perplexity) && trained.Model.Symbols is null)
            throw new BadInputException("the metric perplexity is of symbols, and this model learned no text");
        if (asked.Contains(Accuracy) && visible.Values != UnitValues.Bits && trained.Model.Symbols is null)
            throw new BadInputException($"the metric accuracy is of columns of 0 and 1, and this model has {visible.Kind} units; expected "
                + "rmse or squared-error");
    }

    // Options that would do nothing.
    void RequireUse(ParseResult parsed, SequenceModel machine, LogPartitionRequest walk, bool isExact)
    {
        if (!isExact && walk.Method == LogPartitionMethod.Exact)
            throw new BadInputException("the states of a layer, times the steps, are too many to sum; expected --method ais");
        if (machine.Hidden is null && walk.Method == LogPartitionMethod.Ais)
            throw new BadInputException("--method ais is for machines with hidden units; the likelihood of this one has a closed form");
        bool isAnnealed = walk.Method == LogPartitionMethod.Ais || !isExact;
        foreach (var (name, value) in (IEnumerable<(string, int?)>)[("--chains", walk.Chains), ("--betas", walk.Betas), ("--burn-in",
            walk.BurnIn)])
            if (value is not null && !isAnnealed) throw new BadInputException($"{name} does nothing here: the likelihood is exact"
                + (machine.Hidden is null ? "" : "; expected --method ais beside it"));
        if (isExact && parsed.IsGiven(prediction)) throw new BadInputException(machine.Hidden is null
            ? "--predict-by is for machines with hidden units; this one predicts in closed form"
            : "--predict-by is for machines whose states cannot be summed; those of this one are");
    }

    static string[] Defaults(TrainedSequences trained) => trained.Model.Symbols is not null ? [Perplexity]
        : trained.Model.Visible.Values == UnitValues.Bits ? [Accuracy, Rmse] : [Rmse];
}
