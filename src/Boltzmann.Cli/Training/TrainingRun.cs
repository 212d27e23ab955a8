using System.Diagnostics;

namespace Boltzmann.Cli.Training;

/// <summary>Runs a task into its folder: progress for people, metrics, checkpoints, at the end model, pictures and report.</summary>
sealed class TrainingRun(TrainingTask task, RunFolder folder, Session session, string commandLine)
{
    /// <summary>The column that counts.</summary>
    public const string EpochColumn = "epoch";

    // Not after every epoch of half a second: writing the weights and velocities of a large model takes as long.
    static readonly TimeSpan afterEpochs = TimeSpan.FromSeconds(5), insideEpochs = TimeSpan.FromMinutes(1);

    readonly MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
    readonly Stopwatch sinceCheckpoint = Stopwatch.StartNew();

    /// <summary>Why training ended before its last epoch; null if it did not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Trains to the end, or to the interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Execute()
    {
        metrics.KeepThrough(EpochColumn, task.Trainer.Epoch);
        // A run that is killed in its first minute leaves something to resume, too.
        SaveCheckpoint();
        var display = new ProgressDisplay(session, task.Epochs);
        bool finished = false;
        display.While(() => finished = Train(display));
        SaveCheckpoint();
        if (!finished) return false;

        ModelFile.Save(folder.ModelPath, task.Model, task.Description());
        RunPictures pictures = RunPictures.Draw(task);
        pictures.Write(folder);
        AtomicFile.WriteText(folder.ReportPath, TrainingReport.Render(task, metrics, pictures, commandLine, Stopped));
        folder.Finish();
        return true;
    }

    bool Train(ProgressDisplay display)
    {
        foreach (TrainingProgress progress in task.Trainer.Run(task.Training, task.Epochs, task.Validation))
        {
            if (progress.Completed is EpochRecord epoch) Record(epoch);
            display.Show(progress);
            bool isLast = progress.Completed is not null && progress.Epoch == progress.Epochs;
            if (session.Interrupted.IsCancellationRequested && !isLast) return false;
            if (sinceCheckpoint.Elapsed > (progress.Completed is null ? insideEpochs : afterEpochs)) SaveCheckpoint();
        }
        return true;
    }

    void Record(EpochRecord epoch)
    {
        Stopped = epoch.Stopped;
        var row = new List<KeyValuePair<string, double>> { new(EpochColumn, epoch.Number) };
        row.AddRange(task.Options.Metrics.Where(m => epoch.Metrics.ContainsKey(m.Name)).Select(m => KeyValuePair.Create(ColumnOf(m), epoch.Metrics[m.Name])));
        row.Add(new("time [s]", Math.Round(epoch.Seconds, 3)));
        row.Add(new("speed [rows/s]", Math.Round(epoch.RowsPerSecond)));
        metrics.Append(row);
        // Metrics leave large, short-lived matrices behind; unasked, the collector lets several epochs of them pile up.
        GC.Collect();
    }

    /// <summary>The name of a metric's column: its name and, in brackets, its unit.</summary>
    public static string ColumnOf(Metric metric) => $"{metric.Name} [{metric.Unit}]";

    void SaveCheckpoint()
    {
        Checkpoint.Save(folder.CheckpointPath, task.Model, task.Trainer.Snapshot(), task.Description());
        sinceCheckpoint.Restart();
    }
}
