namespace Boltzmann.Cli;

/// <summary>Kinds of tables beside those of the library: Parquet, but in programs that are trimmed.</summary>
static class TableFormats
{
    /// <summary>What reads them.</summary>
    public static IReadOnlyList<TableFormat> All { get; } =
#if PARQUET
        [ParquetTables.Format];
#else
        [];
#endif

    /// <summary>All kinds of files, as --format names them.</summary>
    public static string[] Names { get; } = [.. DataSource.Formats, .. All.Select(format => format.Name)];
}
