namespace Boltzmann.Runs;

/// <summary>
/// What a run works with that is not in its settings: its place, its data, whom it tells, what may interrupt it. Seed and precision
/// settle its result; a resumed run has its own.
/// </summary>
/// <param name="Data">Opens what the settings name.</param>
public sealed record RunContext(IDataSource Data)
{
    /// <summary>A context that opens no data by name and tells nobody: for rows that a program has.</summary>
    public static RunContext WithoutData { get; } = new(new NoData());

    /// <summary>Where it computes, and how wide its numbers are.</summary>
    public Placement Placement { get; init; } = Placement.Default;

    /// <summary>Settles everything random.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Threads of work that is not done by the backend; 0 for all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Told how it goes.</summary>
    public IRunObserver Observer { get; init; } = new SilentObserver();

    /// <summary>Cancelled: finish the batch, save a checkpoint, stop.</summary>
    public CancellationToken Interrupted { get; init; }

    internal void Say(string line) => Observer.Say(line);

    internal void Warn(string line) => Observer.Warn(line);

    internal void Note(string line) => Observer.Note(line);

    internal T Track<T>(string title, Func<IProgress<double>, T> work) => Observer.Track(title, work);
}
