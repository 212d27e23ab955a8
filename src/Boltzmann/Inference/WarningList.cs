namespace Boltzmann.Inference;

/// <summary>Passes on all that is told and keeps the warnings, which belong to the numbers that they speak against.</summary>
/// <param name="told">Who is told.</param>
sealed class WarningList(IRunObserver told) : IRunObserver
{
    readonly List<string> warnings = [];

    /// <summary>Those so far, in order.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <inheritdoc/>
    public void Say(string line) => told.Say(line);

    /// <inheritdoc/>
    public void Warn(string line)
    {
        warnings.Add(line);
        told.Warn(line);
    }

    /// <inheritdoc/>
    public void Note(string line) => told.Note(line);

    /// <inheritdoc/>
    public T Track<T>(string title, Func<IProgress<double>, T> work) => told.Track(title, work);

    /// <inheritdoc/>
    public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => told.Follow(outline, work);
}
