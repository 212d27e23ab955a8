namespace Boltzmann.Data;

/// <summary>A kind of file that holds rows.</summary>
/// <param name="Name">What it is called by --format.</param>
/// <param name="Endings">Endings of names that tell it, in lower case, those of files that may be packed with .gz behind them.</param>
/// <param name="Read">Reads a file, opened at its beginning, as options say.</param>
sealed record FileFormat(string Name, string[] Endings, Func<InputBytes, DataOptions, Dataset> Read)
{
    /// <summary>What a file of the kind begins with; null where its name alone tells.</summary>
    public BeginsSo? Begins { get; init; }

    /// <summary>Opens a file to be read field by field; null for files of numbers alone. The reader comes to own the file.</summary>
    public Func<InputBytes, DataOptions, ITableReader>? OpenTable { get; init; }

    /// <summary>A kind of files that hold tables: whether they are read by field or as numbers, they are opened alike.</summary>
    /// <param name="name">What it is called by --format.</param>
    /// <param name="endings">Endings of names that tell it.</param>
    /// <param name="open">Opens a file.</param>
    public static FileFormat OfTables(string name, string[] endings, Func<InputBytes, DataOptions, ITableReader> open) =>
        new(name, endings, (input, options) =>
        {
            using ITableReader table = open(input, options);
            return CsvDataset.Read(table, options.Csv, options.Missing, options.MostRows);
        })
        { OpenTable = open, HasGaps = true, HasLabelColumn = true };

    /// <summary>Whether values may be missing in it.</summary>
    public bool HasGaps { get; init; }

    /// <summary>Whether labels may stand in a column of it.</summary>
    public bool HasLabelColumn { get; init; }

    /// <summary>Whether a file begins like one of a kind.</summary>
    public delegate bool BeginsSo(ReadOnlySpan<byte> start);
}
