namespace Boltzmann.Runs;

/// <summary>Brings the run of a trial to the end of a round.</summary>
sealed class TrialTraining(string folder, TuneTrial trial, RunPlan training, TuneRecord record, RunContext context)
{
    string Path => System.IO.Path.Combine(folder, trial.Folder);

    // Layers above were built on the first one, which cannot be given more epochs: such a run begins anew in each round.
    bool CannotGoOn => training is TrainPlan { Kind: var kind } && kind == ModelKind.Dbn;

    /// <summary>Trains to the epochs of a round, from wherever the run is, and reads its metric.</summary>
    /// <returns>How it stands; a training that fails is a trial that failed, not the end of the search.</returns>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint.</exception>
    public TrialRound Complete(int round, string title, string commandLine)
    {
        int epochs = record.Epochs[round];
        var observer = new TrialObserver(context.Observer, title, record.Metric);
        RunPlan plan = SearchSpace.With(training, WithEpochs(epochs));
        Func<RunOutcome> run = Run(plan, context with { Observer = observer }, new() { Folder = Path, CommandLine = commandLine });
        RunOutcome outcome;
        try
        {
            outcome = run();
        }
        catch (DivergenceException e)
        {
            return new(epochs, double.NaN, Failure: e.Message.ReplaceLineEndings(" "));
        }
        catch (BadInputException e) when (Directory.Exists(Path) || round > 0 || trial.Number > 1)
        {
            // Values that are possible by themselves, and not beside others. What is wrong with all trials was found before the first.
            return new(epochs, double.NaN, Failure: e.Message);
        }
        catch (OperationCanceledException e) when (!e.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"interrupted in {title}; continue with: boltzmann tune {CommandOf(training)} "
                + $"--resume {folder}", e);
        }
        TrialRound end = Judge(outcome.Folder, epochs, observer.Reason);
        return end.Failure is null ? end : Careful(end, title, observer);
    }

    /// <summary>Judges a round once more, with an estimate made with care.</summary>
    /// <returns>How it stands by that; as before, and taken for careful, where there is no better estimate.</returns>
    public TrialRound JudgeWithCare(int round, string title) =>
        Careful(trial.Rounds[round], title, new TrialObserver(context.Observer, title, record.Metric));

    TrialRound Careful(TrialRound quick, string title, TrialObserver observer)
    {
        RunPlan plan = SearchSpace.With(training, WithEpochs(quick.Epochs));
        MetricValue? careful = context.Track($"{title}: a more careful likelihood", _ => CarefulLikelihood.Of(plan, RunFolder.Open(Path),
            record.Metric, context with { Observer = observer }));
        if (careful is null) return quick.Failure is null ? quick with { IsCareful = true } : quick;
        return double.IsFinite(careful.Value)
            ? new(quick.Epochs, careful.Value, careful.StandardError)
            {
                IsCareful = true,
                IsDoubtful = careful.Verdict == BracketVerdict.Doubtful
            }
            : new(quick.Epochs, double.NaN, Failure: $"{record.Metric} is n/a, {careful.Reason}") { IsCareful = true };
    }

    // What is to be done with the folder; another run in it is nobody's failed trial.
    Func<RunOutcome> Run(RunPlan plan, RunContext quiet, RunRequest request)
    {
        if (!Directory.Exists(Path)) return () => RunLauncher.Start(plan, quiet, request);
        RunFolder found = RunFolder.Open(Path);
        IReadOnlyList<string> differences = found.Settings.Differences(plan.Resolved(quiet).ToSettings());
        if (differences.Count == 0 && found.Settings.Finished) return () => RunLauncher.Complete(plan, quiet, request);
        if (differences.Any(name => name != "epochs"))
            throw new BadInputException($"{Path}: holds a run with other settings ({string.Join(", ", differences)})");
        // Killed before its first checkpoint, or to be trained anew.
        if (!File.Exists(found.CheckpointPath) || (CannotGoOn && differences.Count > 0))
            return () => RunLauncher.Start(plan, quiet, request with { Force = true });
        return () => RunLauncher.Resume(RunFolder.Resume(Path), plan, quiet, request);
    }

    TrialRound Judge(RunFolder run, int epochs, string? reason)
    {
        RunMetrics metrics = RunMetrics.Read(run);
        // Of a deep network the top layer's machine, which the metric of the whole model is.
        MetricCurve? curve = metrics.Find(record.Metric)
            ?? metrics.Curves.FirstOrDefault(c => c.Name.EndsWith($"/{record.Metric}", StringComparison.Ordinal));
        if (curve?.Last is not MetricReading last) return new(epochs, double.NaN, Failure: $"{record.Metric} was not measured");
        return double.IsFinite(last.Value) ? new(epochs, last.Value, last.StandardError)
            : new(epochs, double.NaN, Failure: reason ?? $"{record.Metric} is n/a");
    }

    Dictionary<string, string> WithEpochs(int epochs) => new(trial.Settings)
    {
        ["epochs"] = epochs.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    static string CommandOf(RunPlan plan) => plan is TrainPlan ? $"train {plan.Makes}" : "fine-tune";
}
