using System.Diagnostics;
using Spectre.Console;

namespace Boltzmann.Cli.Training;

/// <summary>
/// Shows how training goes: for a person at a terminal a bar that moves, with rate and time left; else one plain line per epoch, without
/// control codes. Both print the metrics of each epoch.
/// </summary>
sealed class ProgressDisplay(Session session, int[] layerEpochs, bool isDeep)
{
    static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(100);

    readonly int epochs = layerEpochs.Sum();
    readonly Stopwatch clock = Stopwatch.StartNew(), sinceDrawn = new();
    ProgressTask? bar;
    double doneAtStart = double.NaN;

    /// <summary>Runs the work with the display around it; the work shows its progress.</summary>
    public void While(Action<Action<GreedyProgress>> work)
    {
        if (!session.IsInteractive)
        {
            work(Show);
            return;
        }
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(session.Prose) });
        console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                bar = context.AddTask("starting", maxValue: epochs);
                work(Show);
            });
    }

    void Show(GreedyProgress greedy)
    {
        TrainingProgress progress = greedy.Progress;
        int below = layerEpochs.Take(greedy.Machine - 1).Sum();
        double done = below + progress.Epoch - 1 + (double)progress.Batch / progress.Batches;
        if (double.IsNaN(doneAtStart)) doneAtStart = below + progress.Epoch - 1;
        string layer = isDeep ? $"layer {greedy.Machine}/{greedy.Machines}  " : "";
        if (bar is not null && (progress.Completed is not null || !sinceDrawn.IsRunning || sinceDrawn.Elapsed > redraw))
        {
            bar.Value = done;
            bar.Description = $"{layer}epoch {progress.Epoch}/{progress.Epochs}, {progress.RowsPerSecond:N0} rows/s";
            sinceDrawn.Restart();
        }
        if (progress.Completed is EpochRecord epoch) session.Say(layer + Line(epoch, progress.Epochs, done));
    }

    string Line(EpochRecord epoch, int last, double done)
    {
        string metrics = string.Join("  ", epoch.Metrics.Where(m => !double.IsNaN(m.Value) || epoch.Estimates.ContainsKey(m.Key))
            .Select(m => $"{m.Key} {Value(m.Value, epoch.Estimates.GetValueOrDefault(m.Key))}"));
        TimeSpan left = clock.Elapsed / (done - doneAtStart) * (epochs - done);
        string time = $"{epoch.Seconds:F1} s  {epoch.RowsPerSecond:N0} "
            + $"rows/s{(done < epochs && (isDeep || epoch.Stopped is null) ? $"  {Duration(left)} left" : "")}";
        return $"epoch {epoch.Number.ToString().PadLeft(last.ToString().Length)}/{last}  {metrics}  {time}";
    }

    // An estimate never stands alone.
    static string Value(double value, MetricValue? estimate) => estimate is null ? NumberText.Short(value) : double.IsNaN(value) ? "n/a"
        : $"{NumberText.Short(value)} ± {NumberText.Short(estimate.StandardError, 2)} (AIS, effective sample size "
            + $"{NumberText.Short(estimate.EffectiveSampleSize, 2)}{(estimate.Verdict == BracketVerdict.Doubtful ? ", doubtful" : "")})";

    static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"
        : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes}:{time.Seconds:00} min" : $"{Math.Ceiling(time.TotalSeconds)} s";
}
