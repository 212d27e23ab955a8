namespace Boltzmann.Runs;

/// <summary>
/// Follows the training of one trial among many: a bar in place of a line an epoch, and the reason is kept where a metric has no value.
/// </summary>
/// <param name="inner">Whoever follows the search.</param>
/// <param name="title">"round 1/3, trial 5/20".</param>
/// <param name="metric">The metric that trials are chosen by.</param>
sealed class TrialObserver(IRunObserver inner, string title, string metric) : IRunObserver
{
    /// <summary>Why the metric has no value, in the words of the training; null where nothing was said.</summary>
    public string? Reason { get; private set; }

    public void Say(string line) { }

    public void Note(string line) { }

    // What the base plan was warned of is known; of a trial only what concerns its value counts.
    public void Warn(string line)
    {
        if (line.Contains($"{metric} is n/a", StringComparison.Ordinal)) Reason = line;
    }

    public T Track<T>(string work, Func<IProgress<double>, T> done) => inner.Track($"{title}: {work}", done);

    public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => inner.Track(title, share =>
    {
        int all = outline.Epochs.Sum();
        work(greedy =>
        {
            TrainingProgress progress = greedy.Progress;
            int below = outline.Epochs.Take(greedy.Machine - 1).Sum();
            share.Report((below + progress.Epoch - 1 + (double)progress.Batch / progress.Batches) / all);
        });
        return true;
    });
}
