namespace Boltzmann.Data;

/// <summary>Named sets and files, for whoever opens data by name.</summary>
/// <param name="folder">Looked into first for named sets; null for none.</param>
public sealed class DataCatalog(string? folder = null) : IDataSource
{
    /// <inheritdoc/>
    public Dataset Open(string name, DataOptions options) => DataSource.Open(name, options with { Folder = options.Folder ?? folder });

    /// <inheritdoc/>
    public ITableReader? OpenTable(string name, DataOptions options) => DataSource.OpenTable(name, options);

    /// <inheritdoc/>
    public bool IsSet(string name) => NamedSets.Find(name) is not null;

    /// <inheritdoc/>
    public bool HasPart(string name, DataSplit part) => NamedSets.Find(name) is NamedSet set ? set.Parts.ContainsKey(part)
        : part == DataSplit.Test && DataSource.HasTest(name);

    /// <inheritdoc/>
    public ImageShape? ImageOf(string name) => NamedSets.Find(name)?.Image;
}
