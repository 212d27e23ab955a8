using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A Parquet file, row by row: of one row group at a time it holds the columns that are asked for.</summary>
sealed class ParquetTable : ITableReader
{
    // A row group of nulls takes no bytes in the file and many in memory.
    const int MostRows = 1 << 26;

    readonly ParquetReader reader;
    readonly ParquetColumn[] columns;
    readonly MissingMarkers markers;
    ParquetRowGroupReader? group;
    int nextGroup, row, rows;   // within the group
    long number;

    ParquetTable(ParquetReader reader, string name, MissingMarkers markers)
    {
        (this.reader, Name, this.markers) = (reader, name, markers);
        columns = [.. reader.Schema.Fields.Select(ParquetColumn.Of)];
        Names = [.. reader.Schema.Fields.Select(field => field.Name)];
        if (columns.Length == 0) throw new BadInputException($"{name}: has no columns");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Form => $"Parquet, {reader.RowGroupCount} row group{(reader.RowGroupCount == 1 ? "" : "s")}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public int Columns => columns.Length;

    /// <summary>Opens a file by the description at its end.</summary>
    /// <param name="file">Read from here; the table comes to own it.</param>
    /// <param name="name">The file, in messages.</param>
    /// <param name="missing">Texts that stand for missing values.</param>
    /// <exception cref="BadInputException">It is no Parquet file, or a damaged one.</exception>
    public static ParquetTable Open(Stream file, string name, IReadOnlyList<string> missing)
    {
        ParquetReader reader = Checked(name, () => ParquetReader.CreateAsync(file, leaveStreamOpen: false).GetAwaiter().GetResult());
        return Checked(name, () => new ParquetTable(reader, name, new(missing)));
    }

    /// <inheritdoc/>
    public bool Read()
    {
        while (++row >= rows)
        {
            if (nextGroup == reader.RowGroupCount) return false;
            group?.Dispose();
            group = Checked(Name, () => reader.OpenRowGroupReader(nextGroup));
            nextGroup++;
            if (group.RowCount is < 0 or > MostRows)
                throw new BadInputException($"{Name}: row group {nextGroup} has {group.RowCount} rows: expected at most {MostRows}");
            (row, rows) = (-1, (int)group.RowCount);
            foreach (ParquetColumn column in columns) column.Forget();
        }
        number++;
        return true;
    }

    /// <inheritdoc/>
    public string Text(int column) => Loaded(column).Text(row) ?? throw new BadInputException($"{Where(column)} is {Unusable(column)}, "
        + "which has no form as text");

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Utf8(int column) => Loaded(column).Utf8(row);

    /// <inheritdoc/>
    public bool IsMissing(int column)
    {
        ParquetColumn loaded = Loaded(column);
        if (loaded.IsNull(row)) return true;
        return loaded.IsNumber ? markers.HasNumbers && loaded.TryNumber(row, out double x) && markers.Contains(x)
            : markers.Contains(loaded.Utf8(row));
    }

    /// <inheritdoc/>
    public bool TryNumber(int column, out double value) => Loaded(column).TryNumber(row, out value) && !markers.Contains(value);

    /// <inheritdoc/>
    public string? Unusable(int column) => columns[column].Unusable;

    /// <inheritdoc/>
    public string Where(int column) => $"{Name}, row {number}, column {column + 1} ({Quoted.Text(Names[column])}):";

    /// <inheritdoc/>
    public void Dispose()
    {
        group?.Dispose();
        reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    ParquetColumn Loaded(int column)
    {
        ParquetColumn asked = columns[column];
        if (!asked.IsLoaded)
            Checked($"{Name}, column {column + 1} ({Quoted.Text(Names[column])})", () =>
            {
                asked.Load(group!, rows);
                return true;
            });
        return asked;
    }

    // Of a damaged file the package may throw anything.
    static T Checked<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not BadInputException)
        {
            throw new BadInputException($"{name}: cannot be read as Parquet ({e.Message.ReplaceLineEndings(" ")})", e);
        }
    }
}
