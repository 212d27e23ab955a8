namespace Boltzmann.Runs;

/// <summary>Runs the training of a machine with memory into its folder: progress, metrics, checkpoints, at the end model and
/// report.</summary>
sealed class SequenceRun(SequenceTask task, RunFolder folder, RunContext context, string commandLine)
{
    readonly MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
    readonly CheckpointPace checkpoint = new(() =>
        Checkpoint.Save(folder.CheckpointPath, task.Sequence, task.Snapshot(), task.Description()));

    /// <summary>Why training ended before its last epoch; null if it did not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>How the machine that is kept does.</summary>
    public Dictionary<string, double> Result { get; } = [];

    /// <summary>Trains to the end, or to the interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Execute()
    {
        metrics.KeepThrough(MetricColumns.Epoch, task.Epoch);
        Dictionary<string, string> units = EpochTimes.Units();
        foreach (string name in task.Metrics) units[name] = SequenceTask.UnitOf(name);
        folder.SetUnits(units);
        checkpoint.Save();
        bool finished = false;
        context.Observer.Follow(new([task.Plan.Epochs], false, [task.Metrics], task.Plan.EarlyStopping),
            show => finished = checkpoint.Follow(task.Learn(), context, Record, show));
        checkpoint.Save();
        if (!finished) return false;

        ModelFile.Save(folder.ModelPath, task.Kept, task.Description());
        SequenceJudgement judged = SequenceJudgement.Of(task, context);
        foreach (var (name, value) in judged.Result) Result[name] = value;
        context.Say(judged.Summary);
        AtomicFile.WriteText(folder.ReportPath, SequenceReport.Render(task, metrics, judged, commandLine, Stopped));
        folder.Finish();
        return true;
    }

    void Record(EpochRecord epoch)
    {
        Stopped = epoch.Stopped;
        metrics.Append([new(MetricColumns.Epoch, epoch.Number), .. epoch.Metrics, .. EpochTimes.Of(epoch)
            .Where(time => !epoch.Metrics.ContainsKey(time.Key))]);
    }
}
