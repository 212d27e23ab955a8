namespace Boltzmann.Runs;

/// <summary>Tells nobody.</summary>
public sealed class SilentObserver : IRunObserver, IProgress<double>
{
    /// <inheritdoc/>
    public void Say(string line) { }

    /// <inheritdoc/>
    public void Warn(string line) { }

    /// <inheritdoc/>
    public void Note(string line) { }

    /// <inheritdoc/>
    public void Report(double value) { }

    /// <inheritdoc/>
    public T Track<T>(string title, Func<IProgress<double>, T> work) => work(this);

    /// <inheritdoc/>
    public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => work(_ => { });
}
