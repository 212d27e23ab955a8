namespace Boltzmann.Runs;

/// <summary>
/// Searches settings: random search with successive halving (Jamieson and Talwalkar 2016). All trials are trained for a few epochs, a third
/// of them is continued to three times as many, and so on up to all epochs. Each trial is an ordinary run folder; a round of it ends as if
/// it had been trained to these epochs and then resumed with more, so that its step sizes have fallen wherever it is judged.
/// </summary>
/// <remarks>
/// tune.json is written after each trial of each round, and drawing, training and choosing depend on the seed alone: a search that was
/// killed continues to the same result. All trials have one seed, and with it the same held-out rows.
/// </remarks>
public static class Tuner
{
    /// <summary>The files beside the trials.</summary>
    public const string RecordName = "tune.json", PageName = "tune.html";

    /// <summary>Searches, or goes on, or takes a finished search as it is.</summary>
    /// <param name="plan">What to search.</param>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="request">Where to; a folder under runs/ when left out: a new one, unless one there holds this very search.</param>
    /// <exception cref="BadInputException">The plan asks for what cannot be, or the folder holds another search; nothing is written
    /// then.</exception>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint; the message says how to go on.</exception>
    public static TuneResult Run(TunePlan plan, RunContext context, RunRequest? request = null)
    {
        request ??= new();
        RunPlan training = plan.Training with
        {
            Seed = plan.Training.Seed ?? context.Seed,
            Precision = plan.Training.Precision ?? context.Placement.Precision,
        };
        context = In(training, context);
        TuneRecord wanted = Draw(plan, training.Resolved(context), context);
        string folder = request.Folder ?? FindUnder("runs", wanted)
            ?? RunFolder.DefaultPath($"tune-{training.Makes}", training.DataName, DateTimeOffset.Now);
        TuneRecord? known = Find(folder, wanted, request.Force);
        if (known?.IsFinished == true)
        {
            context.Say($"already searched with these settings: {folder} (--force searches again)");
            return new(folder, known, IsDone: true);
        }
        if (known is null) Begin(folder, wanted, request.Force);
        return Search(folder, known ?? wanted, context, request);
    }

    /// <summary>Continues the search in a folder.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="context">Data, place, whom it tells; seed and precision are those of the search.</param>
    /// <param name="request">What belongs to the search beside its plan.</param>
    /// <exception cref="BadInputException">There is no search.</exception>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint; the message says how to go on.</exception>
    public static TuneResult Resume(string folder, RunContext context, RunRequest? request = null)
    {
        TuneRecord record = TuneRecord.Read(Path.Combine(folder, RecordName));
        if (record.IsFinished)
        {
            context.Say($"{folder} is finished");
            return new(folder, record, IsDone: true);
        }
        return Search(folder, record, In(RunPlan.From(record.Training), context), request ?? new());
    }

    static RunContext In(RunPlan training, RunContext context) => context with
    {
        Seed = training.Seed!.Value,
        Placement = context.Placement with { Precision = training.Precision!.Value },
    };

    // What the trials are, once all that can be wrong with them is known not to be.
    static TuneRecord Draw(TunePlan plan, RunPlan training, RunContext context)
    {
        string[] over = plan.Over.Count > 0 ? [.. plan.Over] : [.. SearchSpace.DefaultsOf(training)];
        SettingRange[] ranges = [.. over.Select(SettingRange.Parse)];
        if (ranges.Length == 0) throw new BadInputException("nothing is searched; expected --over NAME=VALUES");
        SearchSpace.Check(training, ranges);
        TuneObjective objective = TuneObjective.Of(training, plan.Metric, context);
        int[] rounds = TunePlan.Rounds(objective.Epochs, plan.FirstEpochs);
        IReadOnlyList<IReadOnlyDictionary<string, string>> drawn = SearchSpace.Draw(ranges, plan.Budget, context.Seed);
        if (drawn.Count < plan.Budget)
            context.Note($"--over has {drawn.Count} different settings, fewer than --budget {plan.Budget}: all of them are tried");
        return new(objective.Training.ToSettings(), over, plan.Budget, objective.Metric, rounds,
            [.. drawn.Select((values, t) => new TuneTrial(t + 1, values, []))]);
    }

    static TuneRecord? Find(string folder, TuneRecord wanted, bool force)
    {
        string path = Path.Combine(folder, RecordName);
        if (File.Exists(folder)) throw new BadInputException($"{folder}: is a file; expected a folder for the search");
        if (force || !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return null;
        if (!File.Exists(path)) throw new BadInputException($"{folder}: is not empty; --force writes into it all the same");
        TuneRecord found = TuneRecord.Read(path);
        IReadOnlyList<string> differences = found.Differences(wanted);
        return differences.Count == 0 ? found : throw new BadInputException($"{folder}: holds another search, with other "
            + $"{string.Join(", ", differences)}; --resume {folder} continues it, --force replaces it");
    }

    static string? FindUnder(string runs, TuneRecord wanted) => RunFolder.FindUnder(runs, folder =>
        Path.Combine(folder, RecordName) is string path && File.Exists(path) && TuneRecord.Read(path).Differences(wanted).Count == 0);

    static void Begin(string folder, TuneRecord record, bool force)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{folder}: the folder cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        if (force)
        {
            // What could be taken for finished goes first.
            foreach (string name in (string[])[RecordName, PageName]) File.Delete(Path.Combine(folder, name));
            foreach (string trial in Directory.EnumerateDirectories(folder, "trial-*")) Directory.Delete(trial, recursive: true);
        }
        record.Write(Path.Combine(folder, RecordName));
    }

    static TuneResult Search(string folder, TuneRecord record, RunContext context, RunRequest request)
    {
        RunPlan training = RunPlan.From(record.Training);
        for (int round = 0; round < record.Epochs.Count; round++)
        {
            IReadOnlyList<TuneTrial> part = record.TakePart(round);
            if (part.Count == 0)
                throw new BadInputException($"{folder}: every trial of round {round} failed; the first one: {FirstFailure(record)}");
            context.Say($"round {round + 1} of {record.Epochs.Count}: {part.Count} {(part.Count == 1 ? "trial" : "trials")}, "
                + $"{record.Epochs[round]} {(record.Epochs[round] == 1 ? "epoch" : "epochs")}");
            // Where all have failed, by their training or by the careful estimate, the next best of the round before takes part too.
            while (true)
            {
                IReadOnlyList<TuneTrial> now = record.TakePart(round);
                if (now.FirstOrDefault(trial => trial.Rounds.Count == round) is TuneTrial next)
                {
                    int place = now.Count(one => one.Rounds.Count > round) + 1;
                    string title = $"round {round + 1}/{record.Epochs.Count}, trial {place}/{now.Count}";
                    Tell(next, new TrialTraining(folder, next, training, record, context).Complete(round, title, request.CommandLine));
                }
                else if (record.InNeedOfCare(round) is TuneTrial quick)
                    Tell(quick, new TrialTraining(folder, quick, training, record, context)
                        .JudgeWithCare(round, $"round {round + 1}/{record.Epochs.Count}, {quick.Folder}"));
                else break;
            }

            void Tell(TuneTrial trial, TrialRound end)
            {
                TuneTrial told = trial with { Rounds = [.. trial.Rounds.Take(round), end] };
                record = record.With(told);
                record.Write(Path.Combine(folder, RecordName));
                context.Say($"{told.Folder}  {told}: {TuneText.Cell(end)}{(end.Failure is null ? "" : $", {end.Failure}")}");
            }
        }
        if (record.Best is not TuneTrial best)
            throw new BadInputException($"{folder}: every trial of the last round failed; the first one: {FirstFailure(record)}");
        AtomicFile.WriteText(Path.Combine(folder, PageName), TuneReport.Render(folder, record, request.CommandLine));
        context.Say($"best: {best.Options}");
        return new(folder, record, IsDone: false);
    }

    static string FirstFailure(TuneRecord record) => record.Trials.Select(trial => trial.Last?.Failure).OfType<string>().First();
}
