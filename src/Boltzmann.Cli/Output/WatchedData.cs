namespace Boltzmann.Cli;

/// <summary>Data whose reading is seen at a terminal, from its beginning.</summary>
sealed class WatchedData(IDataSource data, Session session) : IDataSource
{
    const long Large = 100_000_000;

    /// <inheritdoc/>
    public Dataset Open(string name, DataOptions options)
    {
        long bytes = !IsSet(name) && File.Exists(name) ? new FileInfo(name).Length : 0;
        string title = bytes < Large ? $"reading {name}" : $"reading {name}, {MemoryText.Of(bytes)}";
        if (bytes >= Large && !session.IsInteractive) session.Say(title);
        return session.Track(title, () => data.Open(name, options));
    }

    /// <inheritdoc/>
    public ITableReader? OpenTable(string name, DataOptions options) => data.OpenTable(name, options);

    /// <inheritdoc/>
    public SequenceParts OpenSequences(string name, SequenceOptions options) =>
        session.Track($"reading {name}", () => data.OpenSequences(name, options));

    /// <inheritdoc/>
    public bool IsSet(string name) => data.IsSet(name);

    /// <inheritdoc/>
    public bool HasPart(string name, DataSplit part) => data.HasPart(name, part);

    /// <inheritdoc/>
    public ImageShape? ImageOf(string name) => data.ImageOf(name);

    /// <inheritdoc/>
    public string? FindFile(string name) => data.FindFile(name);
}
