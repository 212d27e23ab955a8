using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Temporal;

/// <summary>evaluate, of machines with memory.</summary>
sealed class SequenceEvaluate
{
    /// <summary>Metrics of machines with memory beside those that other models have too.</summary>
    public static readonly string[] OwnMetrics = ["rmse-vector", "squared-error", "anomaly", "perplexity"];

    const string LogLikelihood = "log-likelihood", Accuracy = "accuracy", Rmse = "rmse", RmseVector = "rmse-vector", SquaredError =
        "squared-error", Anomaly = "anomaly", Perplexity = "perplexity";
    const int MostPredictions = 32;

    static readonly string[] all = [LogLikelihood, Rmse, RmseVector, Accuracy, SquaredError, Anomaly, Perplexity];

    readonly Option<string?> byStep = new Option<string?>("--by-step")
    {
        Description = "Machines with memory: CSV file of every step's log-probability, anomaly score and prediction.",
        HelpName = "FILE"
    }.In(HelpGroup.Output);

    readonly Option<string> prediction = ChoiceOption.Of("--predict-by", "chains", "Machines with memory whose states cannot be summed: "
        + "how the next step is predicted. chains: the mean over 100 chains of 25 sweeps; mean-field: by mean-field inference, as a "
        + "machine that learned by --method mp is asked unless this says otherwise.", "chains",
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
        guard = new(Options, ["--data", "--split", "--metrics", "--method", "--chains", "--betas", "--burn-in"]);
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
        if (path is not null) AtomicFile.WriteText(path, Table(trained, chosen, likelihood!, predictions!.Predictions!));
        if (asked.Length == 0 && likelihood is null)
            session.Note("the log-likelihood would need annealing; --metrics log-likelihood asks for it");
        if (session.Json) session.WriteJson(json => Write(json, trained, chosen, found, asked.Length == 0, likelihood, predictions, path));
        else session.Print(Text(session, trained, chosen, found, likelihood, predictions, path));
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

    static void Write(Utf8JsonWriter json, TrainedSequences trained, Sequences data, string[] found, bool isByDefault,
        SequenceScore? likelihood, PredictionScore? predictions, string? path)
    {
        json.WriteStartObject();
        json.WriteString("model", trained.Description.Model);
        json.WriteString("data", data.Name);
        json.WriteNumber("sequences", data.Count);
        json.WriteNumber("steps", data.CountedSteps);
        json.WriteBoolean("scaled", trained.Scaling is not null);
        if (likelihood is not null && (found.Contains(LogLikelihood) || found.Contains(Perplexity)))
        {
            json.WriteStartObject(LogLikelihood);
            json.WriteFiniteOrNull("mean", likelihood.Mean);
            json.WriteFiniteOrNull("standard-error", likelihood.StandardError);
            json.WriteString("method", likelihood.Method);
            if (likelihood.BackwardMean is double backward)
            {
                json.WriteFiniteOrNull("forward", likelihood.Mean);
                json.WriteFiniteOrNull("reverse", backward);
            }
            json.WriteEndObject();
        }
        else if (likelihood is null && isByDefault) json.WriteNull(LogLikelihood);
        if (likelihood is not null && found.Contains(Perplexity)) json.WriteFiniteOrNull(Perplexity, likelihood.Perplexity);
        if (likelihood is not null && found.Contains(Anomaly))
        {
            json.WriteStartArray(Anomaly);
            foreach (OddStep odd in Greatest(trained, data, likelihood))
            {
                json.WriteStartObject();
                json.WriteString("sequence", odd.Sequence);
                json.WriteNumber("step", odd.Step);
                json.WriteFiniteOrNull("score", odd.Score);
                if (odd.Column is not null) json.WriteString("column", odd.Column);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (predictions is not null)
        {
            foreach (var (name, value) in Numbers(predictions.Model, found)) json.WriteFiniteOrNull(name, value);
            foreach (var (name, errors) in (IEnumerable<(string, PredictionErrors?)>)[("persistence", predictions.Persistence), ("mean",
                predictions.Mean)])
            {
                if (errors is null) continue;
                json.WriteStartObject(name);
                json.WriteNumber("steps", errors.Steps);
                foreach (var (what, value) in Numbers(errors, found)) json.WriteFiniteOrNull(what, value);
                json.WriteEndObject();
            }
            json.WriteString("prediction", predictions.Method);
        }
        if (path is not null) json.WriteString("by-step", path);
        json.WriteEndObject();
    }

    static IEnumerable<(string Name, double Value)> Numbers(PredictionErrors errors, string[] found)
    {
        if (found.Contains(Rmse)) yield return (Rmse, errors.Rmse);
        if (found.Contains(RmseVector)) yield return (RmseVector, errors.RmseVector);
        if (found.Contains(Accuracy))
        {
            yield return (Accuracy, errors.Accuracy);
            yield return ("accuracy-thresholded", errors.AccuracyThresholded);
        }
        if (found.Contains(SquaredError)) yield return (SquaredError, errors.SquaredError);
    }

    static string Text(Session session, TrainedSequences trained, Sequences data, string[] found, SequenceScore? likelihood,
        PredictionScore? predictions, string? path)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{trained.Path}: {trained}");
        text.WriteLine($"{data.Name}: {data.Count:N0} {(data.Count == 1 ? "sequence" : "sequences")}, {data.CountedSteps:N0} steps"
            + (trained.Scaling is null ? "" : ", scaled as in training"));
        text.WriteLine();
        if (likelihood is not null && found.Any(name => name is LogLikelihood or Perplexity))
        {
            string error = double.IsNaN(likelihood.StandardError) ? "" : $" ± {NumberText.Short(likelihood.StandardError, 2)}";
            text.WriteLine(likelihood.BackwardMean is double backward
                ? $"log-likelihood  {NumberText.Short(backward)} … {NumberText.Short(likelihood.Mean)}{error} nats per step, by annealing "
                    + "backward and forward"
                : $"log-likelihood  {NumberText.Short(likelihood.Mean)}{error} nats per step, by {likelihood.Method}");
            if (trained.Model.Symbols is not null)
                text.WriteLine($"perplexity      {NumberText.Short(likelihood.Perplexity)}, "
                    + $"{NumberText.Short(-likelihood.Mean / Math.Log(2))} bits a symbol");
        }
        if (predictions is not null && Numbers(predictions.Model, found).Any())
        {
            var table = new TextTable("one step ahead", predictions.Method, "persistence", "mean");
            foreach (var ((name, own), persistence) in Numbers(predictions.Model, found).Zip(Numbers(predictions.Persistence, found)))
                table.Add(name, NumberText.Short(own), NumberText.Short(persistence.Value), predictions.Mean is PredictionErrors mean
                    ? NumberText.Short(Numbers(mean, found).First(n => n.Name == name).Value) : "n/a");
            table.Add("steps", $"{predictions.Model.Steps:N0}", $"{predictions.Persistence.Steps:N0}",
                predictions.Mean is PredictionErrors average ? $"{average.Steps:N0}" : "");
            text.Write(session.Fit(table));
        }
        if (likelihood is not null && found.Contains(Anomaly))
        {
            OddStep[] all = Greatest(trained, data, likelihood);
            bool hasColumns = all[0].Column is not null;
            var table = new TextTable(["sequence", "step", "−log p", .. hasColumns ? ["most of it by"] : (string[])[]]);
            foreach (OddStep odd in all)
                table.Add([odd.Sequence, $"{odd.Step}", NumberText.Short(odd.Score), .. hasColumns ? [odd.Column!] : (string[])[]]);
            if (found.Any(name => name != Anomaly)) text.WriteLine();
            text.Write(session.Fit(table));
        }
        if (path is not null) text.WriteLine($"steps written to {path}");
        return text.ToString();
    }

    // The steps that the machine thinks least of, and where units are independent which of them is the odd one.
    static OddStep[] Greatest(TrainedSequences trained, Sequences data, SequenceScore likelihood)
    {
        int[] sequences = data.SequenceOfSteps(), steps = [.. data.Counted().OrderBy(t => likelihood.PerStep[t]).ThenBy(t => t).Take(10)];
        int[]? columns = trained.Model.Symbols is null ? SequenceEvaluation.LeastProbableColumns(trained.Model, data, steps) : null;
        return [.. steps.Select((t, i) => new OddStep(data.Names[sequences[t]], data.PlaceOf(t), -likelihood.PerStep[t],
            columns is null ? null : trained.ColumnNames[columns[i]]))];
    }

    sealed record OddStep(string Sequence, int Step, double Score, string? Column);

    static string Table(TrainedSequences trained, Sequences data, SequenceScore likelihood, Matrix predictions)
    {
        trained.ToDataUnits(predictions);
        int columns = Math.Min(MostPredictions, predictions.Columns);
        var text = new StringWriter { NewLine = "\n" };
        int[] sequences = data.SequenceOfSteps();
        RowsFile.WriteFields(text, ["sequence", "step", "log-probability", "anomaly", .. trained.ColumnNames.Take(columns)
            .Select(name => $"prediction.{name}")], data.Counted().Select(t => (IReadOnlyList<string>)[data.Names[sequences[t]],
            $"{data.PlaceOf(t)}", Number(likelihood.PerStep[t]), Number(-likelihood.PerStep[t]),
            .. predictions.ReadRow(t).Take(columns).Select(Number)]));
        return text.ToString();
    }

    static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
