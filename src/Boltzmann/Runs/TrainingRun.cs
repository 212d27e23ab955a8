namespace Boltzmann.Runs;

/// <summary>Runs a task into its folder: progress for people, metrics, checkpoints, at the end model, pictures and report.</summary>
sealed class TrainingRun(TrainingTask task, RunFolder folder, RunContext context, string commandLine)
{
    readonly MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
    readonly List<string> stopped = [];
    readonly HashSet<(int Layer, string Metric)> warned = [];
    readonly CheckpointPace checkpoint = new(() =>
    {
        // First: a checkpoint says how many frames there are at least.
        task.Film?.Save(folder);
        Checkpoint.Save(folder.CheckpointPath, task.Model, task.Snapshot(), task.Description(), task.Classes);
    });

    /// <summary>Why training ended before its last epoch; null if it did not.</summary>
    public string? Stopped => stopped.Count == 0 ? null : string.Join("; ", stopped);

    /// <summary>Trains to the end, or to the interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Execute()
    {
        if (task.IsGreedy) metrics.KeepThrough((MetricColumns.Layer, task.Machine), (MetricColumns.Epoch, task.Epoch));
        else metrics.KeepThrough(MetricColumns.Epoch, task.Epoch);
        folder.SetUnits(Units());
        // A run that is killed in its first minute leaves something to resume, too.
        checkpoint.Save();
        bool finished = false;
        context.Observer.Follow(Outline(), show => finished = Train(show));
        checkpoint.Save();
        if (!finished) return false;

        ModelFile.Save(folder.ModelPath, task.Model, task.Description(), task.Classes);
        RunPictures pictures = RunPictures.Draw(task);
        pictures.Write(folder);
        RunJudgement judged = RunJudgement.Of(task, context);
        AtomicFile.WriteText(folder.ReportPath, TrainingReport.Render(task, metrics, pictures, judged, commandLine, Stopped));
        folder.Finish();
        return true;
    }

    TrainingOutline Outline() => new(task.Epochs, task.IsGreedy,
        [.. task.Options.Select(options =>
            options.Metrics.Where(m => !m.NeedsValidation || task.Validation is not null).Select(m => m.Name).ToArray())],
        task.Options.Select(o => o.EarlyStopping?.Metric).OfType<string>().FirstOrDefault());

    bool Train(Action<GreedyProgress> show)
    {
        foreach (GreedyProgress greedy in task.Learn())
        {
            TrainingProgress progress = greedy.Progress;
            if (progress.Completed is EpochRecord epoch)
            {
                Record(greedy.Machine, epoch);
                task.Film?.Add(greedy.Machine);
            }
            show(greedy);
            bool isLast = progress.Completed is not null && progress.Epoch == progress.Epochs && greedy.Machine == greedy.Machines;
            if (context.Interrupted.IsCancellationRequested && !isLast) return false;
            checkpoint.SaveIfDue(progress);
        }
        return true;
    }

    void Record(int layer, EpochRecord epoch)
    {
        if (epoch.Stopped is string reason) stopped.Add(task.IsGreedy ? $"layer {layer}: {reason}" : reason);
        var row = new List<KeyValuePair<string, double>>();
        if (task.IsGreedy) row.Add(new(MetricColumns.Layer, layer));
        row.Add(new(MetricColumns.Epoch, epoch.Number));
        foreach (Metric metric in task.Options[layer - 1].Metrics)
        {
            if (!epoch.Metrics.TryGetValue(metric.Name, out double value)) continue;
            row.Add(new(metric.Name, value));
            if (!epoch.Estimates.TryGetValue(metric.Name, out MetricValue? estimate)) continue;
            row.Add(new(MetricColumns.ErrorOf(metric.Name), estimate.StandardError));
            row.Add(new(MetricColumns.SamplesOf(metric.Name), estimate.EffectiveSampleSize));
            if (estimate.Reason is string doubt) WarnOnce(layer, metric.Name, epoch.Number, doubt);
        }
        metrics.Append([.. row, .. EpochTimes.Of(epoch).Where(time => !row.Exists(cell => cell.Key == time.Key))]);
        // Metrics leave large, short-lived matrices behind; unasked, the collector lets several epochs of them pile up.
        GC.Collect();
    }

    // Once for each metric: later epochs have gaps for the same reason, or nearly.
    void WarnOnce(int layer, string metric, int epoch, string reason)
    {
        if (!warned.Add((layer, metric))) return;
        string watched = task.Options[layer - 1].EarlyStopping?.Metric == metric ? "; early stopping passes over such epochs" : "";
        context.Warn($"{(task.IsGreedy ? $"layer {layer}, " : "")}epoch {epoch}: {metric} is n/a, {reason}{watched}");
    }

    Dictionary<string, string> Units()
    {
        var units = EpochTimes.Units();
        foreach (Metric metric in task.Options.SelectMany(options => options.Metrics))
        {
            units[metric.Name] = metric.Unit;
            if (!metric.IsEstimated) continue;
            units[MetricColumns.ErrorOf(metric.Name)] = metric.Unit;
            units[MetricColumns.SamplesOf(metric.Name)] = "chains";
        }
        return units;
    }
}
