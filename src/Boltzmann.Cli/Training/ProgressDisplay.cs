using System.Diagnostics;

namespace Boltzmann.Cli.Training;

/// <summary>
/// Shows how training goes: at a terminal a table with a line an epoch, and below it a bar that moves, with rate, time left and the curve
/// of the most important metric; else one plain line per epoch, without control codes.
/// </summary>
sealed class ProgressDisplay
{
    readonly Session session;
    readonly TrainingOutline outline;
    readonly int epochs;
    readonly EpochTable table;
    readonly MetricTrend trend;
    readonly Stopwatch clock = Stopwatch.StartNew();
    double doneAtStart = double.NaN;

    // Replaced as a whole: it is drawn by another thread.
    volatile TrainingPicture picture;

    public ProgressDisplay(Session session, TrainingOutline outline)
    {
        this.session = session;
        this.outline = outline;
        epochs = outline.Epochs.Sum();
        Metrics = MetricOrder.Of(outline.Metrics.SelectMany(names => names).Distinct(), outline.Watched);
        table = new(EpochCells.Columns(Metrics, outline.IsDeep));
        trend = new(Metrics);
        picture = new("starting", 0, "", "", "");
    }

    /// <summary>All that is measured, the most important first.</summary>
    string[] Metrics { get; }

    /// <summary>Runs the work with the display around it; the work shows its progress.</summary>
    public void While(Action<Action<GreedyProgress>> work)
    {
        if (!session.IsInteractive)
        {
            work(Show);
            return;
        }
        session.Screen.While(() => picture.Draw(session.Screen.PictureWidth, session.Activity), () =>
        {
            work(Show);
            if (trend.ToText(session.Screen.Width) is { Length: > 0 } curve) session.Say(curve);
            return true;
        });
    }

    void Show(GreedyProgress greedy)
    {
        TrainingProgress progress = greedy.Progress;
        int below = outline.Epochs.Take(greedy.Machine - 1).Sum();
        double done = below + progress.Epoch - 1 + (double)progress.Batch / progress.Batches;
        if (double.IsNaN(doneAtStart)) doneAtStart = below + progress.Epoch - 1;
        double left = done < epochs ? clock.Elapsed.TotalSeconds / (done - doneAtStart) * (epochs - done) : double.NaN;
        if (progress.Completed is EpochRecord epoch) Complete(greedy, epoch, left);
        if (!session.IsInteractive) return;
        string layer = outline.IsDeep ? $"layer {greedy.Machine}/{greedy.Machines}, " : "";
        picture = new($"{layer}epoch {progress.Epoch}/{progress.Epochs}", done / epochs, $"{progress.RowsPerSecond:N0} rows/s",
            TimeText.Of(left), trend.ToText(session.Screen.PictureWidth));
    }

    void Complete(GreedyProgress greedy, EpochRecord epoch, double left)
    {
        trend.Add(greedy.Machine, epoch);
        // What stopped early has no time left, unless layers follow.
        string remaining = epoch.Stopped is not null && !outline.IsDeep ? "" : TimeText.Of(left);
        if (!session.IsInteractive)
        {
            string layer = outline.IsDeep ? $"layer {greedy.Machine}/{greedy.Machines}  " : "";
            session.Say(layer + EpochCells.Line(epoch, Metrics, greedy.Progress.Epochs, remaining));
            return;
        }
        foreach (string line in table.Add(EpochCells.Of(greedy, epoch, remaining), session.Screen.Width)) session.Say(line);
    }
}
