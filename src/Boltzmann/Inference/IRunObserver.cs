namespace Boltzmann.Runs;

/// <summary>Whoever is told how a run goes: a terminal, a log, nobody.</summary>
public interface IRunObserver
{
    /// <summary>A line on how it goes.</summary>
    void Say(string line);

    /// <summary>A line that should be known before a number is trusted.</summary>
    void Warn(string line);

    /// <summary>A line on what was done to data.</summary>
    void Note(string line);

    /// <summary>Does work that reports the share that is done.</summary>
    /// <param name="title">What is done: "annealing".</param>
    /// <param name="work">The work, which is done once.</param>
    T Track<T>(string title, Func<IProgress<double>, T> work);

    /// <summary>Does the work of a training, which shows where it is after each update.</summary>
    /// <param name="outline">How long it is, and what it measures.</param>
    /// <param name="work">The work, which is done once and shows its progress.</param>
    void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work);
}
