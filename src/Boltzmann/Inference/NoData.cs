namespace Boltzmann.Runs;

/// <summary>Opens nothing: for programs that bring their rows themselves.</summary>
sealed class NoData : IDataSource
{
    /// <inheritdoc/>
    public Dataset Open(string name, DataOptions options) =>
        throw new BadInputException($"{name}: nothing opens data by name here; give rows, or a context with a data source");

    /// <inheritdoc/>
    public bool IsSet(string name) => false;

    /// <inheritdoc/>
    public bool HasPart(string name, DataSplit part) => false;

    /// <inheritdoc/>
    public ImageShape? ImageOf(string name) => null;
}
