namespace Boltzmann.Runs;

/// <summary>A search for settings that has come to its end.</summary>
/// <param name="Folder">Holds the runs of the trials, tune.json and tune.html.</param>
/// <param name="Record">What was searched, and how each trial stood.</param>
/// <param name="IsDone">Whether it was found finished, and nothing was trained.</param>
public sealed record TuneResult(string Folder, TuneRecord Record, bool IsDone)
{
    /// <summary>The best trial of the last round.</summary>
    public TuneTrial Best => Record.Best!;

    /// <summary>The folder of its run: an ordinary one, whose model can be used.</summary>
    public string BestPath => Path.Combine(Folder, Best.Folder);

    /// <summary>The page about the search.</summary>
    public string PagePath => Path.Combine(Folder, Tuner.PageName);

    /// <summary>The file that holds <see cref="Record"/>.</summary>
    public string RecordPath => Path.Combine(Folder, Tuner.RecordName);
}
