namespace Boltzmann.Runs;

/// <summary>Runs a fine-tuning into its folder: progress for people, metrics, checkpoints, at the end network and report.</summary>
sealed class FineTuneRun(FineTuneTask task, RunFolder folder, RunContext context, string commandLine)
{
    readonly MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
    readonly CheckpointPace checkpoint = new(() =>
        Checkpoint.Save(folder.CheckpointPath, task.Network, task.Trainer.Snapshot(), task.Description(), task.Classes));

    /// <summary>Why training ended before its last epoch; null if it did not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>How the network does; null before the end.</summary>
    public FineTuneResult? Result { get; private set; }

    /// <summary>Trains to the end, or to the interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Execute()
    {
        metrics.KeepThrough(MetricColumns.Epoch, task.Trainer.Epoch);
        folder.SetUnits(Units());
        checkpoint.Save();
        bool finished = false;
        context.Observer.Follow(Outline(), show => finished = checkpoint.Follow(
            task.Trainer.Run(task.Training.Examples, task.Epochs, task.Validation?.Examples), context, Record, show));
        checkpoint.Save();
        if (!finished) return false;

        ModelFile.Save(folder.ModelPath, task.Network, task.Description(), task.Classes);
        FineTuneResult result = Result = FineTuneResult.Of(task);
        context.Say(result.Summary);
        if (result.Filters is byte[] filters) AtomicFile.WriteBytes(folder.FiltersPath, filters);
        AtomicFile.WriteText(folder.ReportPath, FineTuneReport.Render(task, metrics, result, commandLine, Stopped));
        folder.Finish();
        return true;
    }

    TrainingOutline Outline() => new([task.Epochs], false, [NetworkMetric.Names(task.Network.Head, task.Validation is not null)],
        task.Options.EarlyStopping?.Metric);

    void Record(EpochRecord epoch)
    {
        Stopped = epoch.Stopped;
        metrics.Append(
        [
            new(MetricColumns.Epoch, epoch.Number),
            .. epoch.Metrics,
            .. EpochTimes.Of(epoch),
        ]);
    }

    Dictionary<string, string> Units()
    {
        Dictionary<string, string> units = EpochTimes.Units();
        foreach (string name in NetworkMetric.Names(task.Network.Head, task.Validation is not null))
            units[name] = NetworkMetric.Unit(name, task.Network.Head);
        return units;
    }
}
