using Boltzmann.Ratings;

namespace Boltzmann.Runs;

/// <summary>Runs the training of a machine of ratings into its folder: progress, metrics, checkpoints, at the end model and
/// report.</summary>
sealed class RatingRun(RatingTask task, RunFolder folder, RunContext context, string commandLine)
{
    readonly MetricsTable metrics = MetricsTable.Open(folder.MetricsPath);
    readonly CheckpointPace checkpoint = new(() =>
        Checkpoint.Save(folder.CheckpointPath, task.Model, task.Snapshot(), task.Description()));

    /// <summary>How the machine that is kept does.</summary>
    public Dictionary<string, double> Result { get; } = [];

    /// <summary>Trains to the end, or to the interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    public bool Execute()
    {
        metrics.KeepThrough(MetricColumns.Epoch, task.Epoch);
        Dictionary<string, string> units = EpochTimes.Units();
        foreach (string name in task.Metrics) units[name] = RatingTask.Unit;
        folder.SetUnits(units);
        checkpoint.Save();
        bool finished = false;
        context.Observer.Follow(new([task.Plan.Epochs], false, [task.Metrics], null),
            show => finished = checkpoint.Follow(task.Learn(), context, Record, show));
        checkpoint.Save();
        if (!finished) return false;

        ModelFile.Save(folder.ModelPath, (IModel)task.Kept.Model, task.Description());
        RatingErrors? errors = task.ErrorsOf(task.Kept);
        if (errors is not null)
        {
            (Result[RatingTask.Rmse], Result[RatingTask.Mae], Result[RatingTask.BiasesRmse]) = (errors.Rmse, errors.Mae, task.Biases!.Rmse);
            context.Say($"held-out ratings: RMSE {NumberText.Short(errors.Rmse)}, of means and biases "
                + NumberText.Short(task.Biases.Rmse));
        }
        AtomicFile.WriteText(folder.ReportPath, RatingReport.Render(task, metrics, errors, commandLine));
        folder.Finish();
        return true;
    }

    void Record(EpochRecord epoch) =>
        metrics.Append([new(MetricColumns.Epoch, epoch.Number), .. epoch.Metrics, .. EpochTimes.Of(epoch)]);
}
