namespace Boltzmann.Data;

/// <summary>Named sets and files, for whoever opens data by name.</summary>
/// <param name="folder">Looked into first for named sets; null for none.</param>
/// <param name="tableFormats">Kinds of tables that other packages read; null for none.</param>
public sealed class DataCatalog(string? folder = null, IReadOnlyList<TableFormat>? tableFormats = null) : IDataSource
{
    /// <inheritdoc/>
    public Dataset Open(string name, DataOptions options) => DataSource.Open(name, Completed(options));

    /// <inheritdoc/>
    public ITableReader? OpenTable(string name, DataOptions options) => DataSource.OpenTable(name, Completed(options));

    /// <inheritdoc/>
    public SequenceParts OpenSequences(string name, SequenceOptions options) =>
        SequenceSource.Open(name, options with { Folder = options.Folder ?? folder });

    /// <inheritdoc/>
    public bool IsSet(string name) => NamedSets.Find(name) is not null;

    /// <inheritdoc/>
    public bool HasPart(string name, DataSplit part) => NamedSets.Find(name) is NamedSet set ? set.Parts.ContainsKey(part)
        : part == DataSplit.Test && DataSource.HasTest(name);

    /// <inheritdoc/>
    public ImageShape? ImageOf(string name) => NamedSets.Find(name)?.Image;

    /// <inheritdoc/>
    public string? FindFile(string name) =>
        DataFolders.Search(folder).Select(root => Path.Combine(root, name)).FirstOrDefault(File.Exists);

    DataOptions Completed(DataOptions options) => options with
    {
        Folder = options.Folder ?? folder,
        TableFormats = [.. options.TableFormats, .. tableFormats ?? []],
    };
}
