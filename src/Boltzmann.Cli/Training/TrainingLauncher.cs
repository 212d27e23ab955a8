namespace Boltzmann.Cli.Training;

/// <summary>Finds out what a request for training means for its folder (new, done already, to be continued) and runs it.</summary>
static class TrainingLauncher
{
    static readonly Dictionary<string, double> nothing = [];

    /// <summary>Trains into a new folder, unless a finished run with the same settings is there.</summary>
    /// <param name="session">Streams, seed, arithmetic.</param>
    /// <param name="settings">What to train.</param>
    /// <param name="path">The run folder; null for one under runs/.</param>
    /// <param name="force">Whether to replace a run that is there.</param>
    /// <param name="commandLine">For the report.</param>
    /// <param name="open">What the settings mean; a training when left out.</param>
    public static TrainingOutcome Start(Session session, RunSettings settings, string? path, bool force, string commandLine, RunOpening? open = null)
    {
        AddCommon(settings, session);
        if (!force && (path is null ? RunFolder.FindFinishedUnder("runs", settings) : RunFolder.FindFinished(path, settings)) is RunFolder done)
        {
            session.Say($"already trained with these settings: {done.Path} (--force trains again)");
            return new(done, IsDone: true, nothing);
        }
        path ??= RunFolder.DefaultPath(settings.Text("model")!, settings.Text("data")!, DateTimeOffset.Now);
        RunFolder.CheckFree(path, settings, force);
        IRunTask task = (open ?? Training)(settings, session, null);
        return Execute(session, task, RunFolder.Create(path, settings, force), commandLine);
    }

    /// <summary>Goes on where the run in a folder stopped.</summary>
    /// <param name="session">Streams and arithmetic; seed and precision become those of the run.</param>
    /// <param name="folder">The run.</param>
    /// <param name="settings">Its settings, perhaps with some replaced.</param>
    /// <param name="commandLine">For the report.</param>
    /// <param name="open">What the settings mean; a training when left out.</param>
    public static TrainingOutcome Resume(Session session, RunFolder folder, RunSettings settings, string commandLine, RunOpening? open = null)
    {
        if (folder.Settings.Text("model") != settings.Text("model"))
            throw new BadInputException($"{folder.Path}: is a run that makes {Named(folder.Settings.Text("model"))}, not {Named(settings.Text("model"))}");
        foreach (string name in (ReadOnlySpan<string>)["seed", "precision"]) settings[name] = folder.Settings[name];
        if (folder.Settings.Finished && folder.Settings.Differences(settings).Count == 0)
        {
            session.Say($"{folder.Path} has come to its end; give more --epochs to go on");
            return new(folder, IsDone: true, nothing);
        }
        if (!ulong.TryParse(settings.Text("seed"), out ulong seed)) throw new BadInputException($"{folder.Path}: the settings have no seed");
        session.Continue(seed, settings.Text("precision") ?? "float32");
        IRunTask task = (open ?? Training)(settings, session, folder.CheckpointPath);
        task.Restore(Checkpoint.Load(folder.CheckpointPath, task.Model));
        folder.Change(settings);
        return Execute(session, task, folder, commandLine);
    }

    /// <summary>Starts the run, or goes on with it, or takes it as it is: whatever the folder needs to hold the finished run of these settings.</summary>
    public static TrainingOutcome Complete(Session session, RunSettings settings, string path, string commandLine, RunOpening? open = null)
    {
        AddCommon(settings, session);
        if (!Directory.Exists(path)) return Start(session, settings, path, force: false, commandLine, open);
        RunFolder folder = RunFolder.Open(path);
        if (folder.Settings.Differences(settings) is { Count: > 0 } differences)
            throw new BadInputException($"{path}: holds a run with other settings ({string.Join(", ", differences)}); move it away to run this one");
        return folder.Settings.Finished ? new(folder, IsDone: true, nothing) : Resume(session, RunFolder.Resume(path), settings, commandLine, open);
    }

    static TrainingTask Training(RunSettings settings, Session session, string? checkpoint) =>
        TrainingTask.Open(settings, session, checkpoint);

    static TrainingOutcome Execute(Session session, IRunTask task, RunFolder folder, string commandLine)
    {
        if (task.Note is string note) session.Note(note);
        session.Say(task.Heading);
        if (!task.Execute(folder, session, commandLine)) throw new OperationCanceledException($"interrupted in {task.Position}; continue with: boltzmann {task.Command} --resume {folder.Path}");
        if (task.Stopped is string reason) session.Say($"stopped early: {reason}");
        session.Say($"written to {folder.Path}: open {folder.ReportPath}");
        return new(folder, IsDone: false, task.Result);
    }

    static string Named(string? kind) => ModelKind.All.FirstOrDefault(k => k.Name == kind)?.ToString() ?? $"'{kind}'";

    // The common options that settle the result belong to the settings too. A seed is text: JSON numbers lose digits beyond 2⁵³.
    static void AddCommon(RunSettings settings, Session session)
    {
        settings["seed"] = session.Seed.ToString();
        settings["precision"] = session.Placement.Precision == Precision.Float32 ? "float32" : "float64";
    }
}
