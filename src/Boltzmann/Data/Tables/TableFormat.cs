namespace Boltzmann.Data;

/// <summary>A kind of files that hold tables, as another package reads it; <see cref="DataOptions.TableFormats"/> takes it.</summary>
/// <param name="Name">What it is called by --format and <see cref="DataOptions.Format"/>.</param>
/// <param name="Endings">Endings of names that tell it, in lower case: ".parquet".</param>
/// <param name="Begins">Whether a file begins like one of the kind; it is shown the first 4096 bytes.</param>
/// <param name="Open">
/// Opens a file: a stream at its beginning that can seek, which it comes to own; its name in messages; and texts that stand for missing
/// values. Throws <see cref="BadInputException"/> where it is not one of the kind.
/// </param>
public sealed record TableFormat(string Name, IReadOnlyList<string> Endings, TableFormat.BeginsSo Begins,
    Func<Stream, string, IReadOnlyList<string>, ITableReader> Open)
{
    /// <summary>Whether a file begins like one of a kind.</summary>
    /// <param name="start">Its first bytes.</param>
    public delegate bool BeginsSo(ReadOnlySpan<byte> start);
}
