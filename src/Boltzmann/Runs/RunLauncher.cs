namespace Boltzmann.Runs;

/// <summary>
/// Finds out what a plan means for its folder (new, done already, to be continued) and runs it: metrics, checkpoints, at the end model,
/// pictures and report.
/// </summary>
public static class RunLauncher
{
    static readonly Dictionary<string, double> nothing = [];

    /// <summary>Runs a plan into a new folder, unless a finished run with the same settings is there.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="request">Where to, and what belongs to the run beside its plan; a folder under runs/ when left out.</param>
    /// <exception cref="BadInputException">The plan asks for what cannot be, or the folder holds another run; nothing is written
    /// then.</exception>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint; the message says how to go on.</exception>
    public static RunOutcome Start(RunPlan plan, RunContext context, RunRequest? request = null)
    {
        request ??= new();
        (plan, context) = Settled(plan, context);
        RunSettings settings = plan.ToSettings();
        RunFolder? found = request.Force ? null : request.Folder is null ? RunFolder.FindFinishedUnder("runs", settings)
            : RunFolder.FindFinished(request.Folder, settings);
        if (found is RunFolder done)
        {
            context.Say($"already trained with these settings: {done.Path} (--force trains again)");
            return new(done, IsDone: true, nothing);
        }
        string path = request.Folder ?? RunFolder.DefaultPath(plan.Makes, plan.DataName, DateTimeOffset.Now);
        RunFolder.CheckFree(path, settings, request.Force);
        IRunTask task = Open(plan, context, request, null);
        return Execute(task, RunFolder.Create(path, settings, request.Force), context, request);
    }

    /// <summary>Goes on where the run in a folder stopped.</summary>
    /// <param name="folder">The run, from <see cref="RunFolder.Resume"/>.</param>
    /// <param name="plan">Its plan, perhaps with some settings replaced; null for its own. Seed and precision are those of the run.</param>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="request">What belongs to the run beside its plan.</param>
    /// <exception cref="BadInputException">The plan asks for what cannot be, or makes another kind of model.</exception>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint; the message says how to go on.</exception>
    public static RunOutcome Resume(RunFolder folder, RunPlan? plan, RunContext context, RunRequest? request = null)
    {
        request ??= new();
        plan ??= RunPlan.From(folder.Settings);
        RunPlan own = RunPlan.From(folder.Settings);
        if (own.Makes != plan.Makes)
            throw new BadInputException($"{folder.Path}: is a run that makes {Named(own.Makes)}, not {Named(plan.Makes)}");
        plan = plan with { Seed = own.Seed, Precision = own.Precision };
        RunSettings settings = plan.ToSettings();
        if (folder.Settings.Finished && folder.Settings.Differences(settings).Count == 0)
        {
            context.Say($"{folder.Path} is finished; raise --epochs to continue");
            return new(folder, IsDone: true, nothing);
        }
        if (own.Seed is null) throw new BadInputException($"{folder.Path}: the settings have no seed");
        (plan, context) = Settled(plan, context with { Placement = context.Placement with { Precision = Precision.Float32 } });
        IRunTask task = Open(plan, context, request, folder.CheckpointPath);
        task.Restore(Checkpoint.Load(folder.CheckpointPath, task.Model));
        folder.Change(settings);
        return Execute(task, folder, context, request);
    }

    /// <summary>
    /// Starts the run, or goes on with it, or takes it as it is: whatever the folder needs to hold the finished run of this plan.
    /// </summary>
    /// <param name="plan">What to do.</param>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="request">Its folder, which must be named.</param>
    /// <exception cref="BadInputException">The folder holds another run, or the plan asks for what cannot be.</exception>
    public static RunOutcome Complete(RunPlan plan, RunContext context, RunRequest request)
    {
        string path = request.Folder ?? throw new ArgumentException("a run that is to be completed needs its folder", nameof(request));
        if (!Directory.Exists(path)) return Start(plan, context, request);
        (plan, context) = Settled(plan, context);
        RunFolder folder = RunFolder.Open(path);
        if (folder.Settings.Differences(plan.ToSettings()) is { Count: > 0 } differences)
        {
            string names = string.Join(", ", differences);
            throw new BadInputException($"{path}: holds a run with other settings ({names}); move it away to run this one");
        }
        return folder.Settings.Finished ? new(folder, IsDone: true, nothing) : Resume(RunFolder.Resume(path), plan, context, request);
    }

    // Seed and precision settle the result, so they belong to the settings.
    static (RunPlan, RunContext) Settled(RunPlan plan, RunContext context)
    {
        plan = plan with { Seed = plan.Seed ?? context.Seed, Precision = plan.Precision ?? context.Placement.Precision };
        context = context with { Seed = plan.Seed.Value, Placement = context.Placement with { Precision = plan.Precision.Value } };
        return (plan.Resolved(context), context);
    }

    static IRunTask Open(RunPlan plan, RunContext context, RunRequest request, string? checkpoint)
    {
        IRunTask task = plan.Open(context, checkpoint);
        if (request.KeepsFilm) task.KeepFilm();
        return task;
    }

    static RunOutcome Execute(IRunTask task, RunFolder folder, RunContext context, RunRequest request)
    {
        if (task.Table is TableSchema schema) context.Say(SchemaTable.Of(schema).ToText());
        if (task.Note is string note) context.Note(note);
        context.Say(task.Heading);
        using IDisposable told = Telemetry.BeginRun(task.Command.Split(' ')[0], task.Model.Description.Model,
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))));
        if (!task.Execute(folder, context, request.CommandLine))
        {
            string again = $"boltzmann {task.Command} --resume {folder.Path}";
            throw new OperationCanceledException($"interrupted in {task.Position}; continue with: {again}");
        }
        if (task.Stopped is string reason) context.Say($"stopped early: {reason}");
        context.Say($"written to {folder.Path}: open {folder.ReportPath}");
        return new(folder, IsDone: false, task.Result);
    }

    static string Named(string kind) => ModelKind.Find(kind)?.ToString() ?? $"a machine of {kind}";
}
