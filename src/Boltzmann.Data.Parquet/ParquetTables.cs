namespace Boltzmann.Data;

/// <summary>Parquet files as tables.</summary>
public static class ParquetTables
{
    /// <summary>
    /// The kind of files, for <see cref="DataOptions.TableFormats"/> or a <see cref="DataCatalog"/>: .parquet and .pq, or what begins with
    /// PAR1. Texts are words, integers, floats, decimals and truths numbers, nulls and NaN missing; dates, times, bytes and nested columns
    /// can be passed over, and not be learned. Row groups are read one at a time, and of each the columns that are asked for.
    /// </summary>
    public static TableFormat Format { get; } =
        new("parquet", [".parquet", ".pq"], start => start.StartsWith("PAR1"u8), ParquetTable.Open);
}
