namespace Boltzmann.Cli.Experiments;

/// <summary>How an experiment was asked for.</summary>
/// <param name="Session">Streams, seed, arithmetic.</param>
/// <param name="Quick">A smoke test: a few epochs and betas, whose numbers mean nothing.</param>
/// <param name="AsPublished">With the quirks of the original.</param>
/// <param name="Results">Folder of the page and its pictures.</param>
/// <param name="Runs">Folder of the runs behind it.</param>
/// <param name="CommandLine">As typed.</param>
sealed record ExperimentContext(Session Session, bool Quick, bool AsPublished, string Results, string Runs, string CommandLine)
{
    /// <summary>A name that tells smoke tests and quirks from the experiment itself.</summary>
    public string Labelled(string name) => name + (AsPublished ? "-as-published" : "") + (Quick ? "-quick" : "");
}
