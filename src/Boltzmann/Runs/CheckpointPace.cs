using System.Diagnostics;

namespace Boltzmann.Runs;

/// <summary>
/// When a run writes its checkpoint: not after every epoch of half a second, as writing parameters, velocities and moments takes as long.
/// </summary>
/// <param name="save">Writes it.</param>
sealed class CheckpointPace(Action save)
{
    static readonly TimeSpan afterEpochs = TimeSpan.FromSeconds(5), insideEpochs = TimeSpan.FromMinutes(1);

    readonly Stopwatch since = Stopwatch.StartNew();

    /// <summary>Writes it now.</summary>
    public void Save()
    {
        save();
        since.Restart();
    }

    /// <summary>Writes it if it is time.</summary>
    public void SaveIfDue(in TrainingProgress progress)
    {
        if (since.Elapsed > (progress.Completed is null ? insideEpochs : afterEpochs)) Save();
    }

    /// <summary>Follows the training of one machine to its end, or to the interruption.</summary>
    /// <param name="updates">What learns as it is enumerated.</param>
    /// <param name="context">May interrupt it.</param>
    /// <param name="record">Told of each epoch.</param>
    /// <param name="show">Told of each update.</param>
    /// <returns>Whether the end was reached.</returns>
    public bool Follow(IEnumerable<TrainingProgress> updates, RunContext context, Action<EpochRecord> record, Action<GreedyProgress> show)
    {
        foreach (TrainingProgress progress in updates)
        {
            if (progress.Completed is EpochRecord epoch) record(epoch);
            show(new(1, 1, progress));
            bool isLast = progress.Completed is EpochRecord last && (progress.Epoch == progress.Epochs || last.Stopped is not null);
            if (context.Interrupted.IsCancellationRequested && !isLast) return false;
            SaveIfDue(progress);
        }
        return true;
    }
}
