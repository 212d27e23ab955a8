namespace Boltzmann.Data;

/// <summary>A table in a file of text, cell by cell, for schemas.</summary>
sealed class TableReader : ITableReader
{
    readonly InputBytes input;
    readonly TextTable table;

    TableReader(InputBytes input, TextTable table) => (this.input, this.table) = (input, table);

    /// <inheritdoc/>
    public string Name => table.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string>? Names => table.Names;

    /// <inheritdoc/>
    public int Columns => table.Columns;

    /// <summary>Opens a file; null for one that is no table of text.</summary>
    /// <exception cref="BadInputException">There is none, or it is not well formed.</exception>
    public static TableReader? Open(string path, DataOptions options)
    {
        InputBytes input = InputBytes.Open(path);
        try
        {
            if (FileFormats.Of(path, input, options.Format).Name == FileFormats.Table)
                return new(input, TextTable.Open(input, FileFormats.TableOptions(input, options.Csv)));
            input.Dispose();
            return null;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Read()
    {
        if (table.Read()) return true;
        table.RequireEnd();
        return false;
    }

    /// <inheritdoc/>
    public string Text(int column) => table.Text(column);

    /// <inheritdoc/>
    public bool IsMissing(int column) => table.IsMissing(column);

    /// <inheritdoc/>
    public bool TryNumber(int column, out double value) => table.TryNumber(column, out value);

    /// <inheritdoc/>
    public string Where(int column) => table.Where(column);

    /// <inheritdoc/>
    public void Dispose()
    {
        table.Dispose();
        input.Dispose();
    }
}
