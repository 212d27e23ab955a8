namespace Boltzmann.Data;

/// <summary>
/// A table of text, read row by row: finds out how it is written, knows whether its first row names the columns, holds each row to the
/// length of the first, and says where a cell stands. Of the table it holds a stretch that has the row, or the first rows.
/// </summary>
sealed class TextTable : ITableReader
{
    readonly InputBytes input;
    readonly TextRecords records;
    readonly MissingMarkers markers;
    readonly bool hasTrailing;   // every line ends with a separator, behind which there is no column
    readonly bool isGuessed;     // what separates cells has been found out, not stated
    long firstLine;

    TextTable(InputBytes input, TextRecords records, CsvOptions options)
    {
        (this.input, this.records) = (input, records);
        markers = new(options.MissingTexts);
        isGuessed = options.Delimiter is null;
        if (records.HasZero)
            throw new BadInputException($"{Name}: is not text, it has zero bytes: expected UTF-8 or, with a byte order mark, UTF-16");
        var (comments, comment) = PassComments();
        if (ForeignText.Complaint(records.Start) is string complaint) throw new BadInputException($"{Name}: {complaint}");
        records.Delimiter = options.Delimiter ?? DelimiterGuess.Of(records);
        List<string[]> first = records.Sample(1 + TableHeader.RowsLookedAt, records.Delimiter);
        hasTrailing = HasTrailing(first);
        if (hasTrailing) first = [.. first.Select(row => row.Length > 1 && row[^1] == "" ? row[..^1] : row)];
        bool comma = options.HasDecimalComma ?? HasDecimalComma(first);
        bool hasHeader = first.Count > 0 && (options.HasHeader ?? TableHeader.IsFirst(first, markers, comma));
        Dialect = new(records.Delimiter, comma, hasHeader, comments);
        // A comment above the table names the columns only where there must be a header.
        if (options.HasHeader == true && comment is not null && NamesIn(comment) is { } names && first.Count > 0
            && names.Length == first[0].Length)
        {
            (Columns, Names) = (names.Length, TableHeader.Names(names));
            Dialect = Dialect with { Comments = comments - 1 };
            return;
        }
        if (!hasHeader)
        {
            Columns = first.Count > 0 ? first[0].Length : RequireRow();
            return;
        }
        RequireRow();
        Columns = records.Count - (hasTrailing && records.Bytes(records.Count - 1).IsEmpty ? 1 : 0);
        Names = TableHeader.Names([.. Enumerable.Range(0, Columns).Select(records.Text)]);
    }

    /// <summary>The file, as it appears in messages.</summary>
    public string Name => input.Name;

    /// <inheritdoc/>
    public string Form => $"table of text: {Dialect}";

    /// <summary>How it is written.</summary>
    public TextDialect Dialect { get; }

    /// <summary>What the first row calls the columns; null for a table without a header.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>Cells of every row.</summary>
    public int Columns { get; }

    /// <summary>The line of the file on which the row begins.</summary>
    public long Line => records.Line;

    /// <summary>Finds out what the table is like from its first rows; none has been read then.</summary>
    /// <param name="input">Read from here; the table comes to own it.</param>
    /// <param name="options">What is known of the table.</param>
    /// <exception cref="BadInputException">It is empty, or not well formed, or the delimiter cannot be one.</exception>
    public static TextTable Open(InputBytes input, CsvOptions options)
    {
        if (options.Delimiter is char delimiter && (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n' or '\0'))
            throw new BadInputException($"the delimiter is {Quoted.Text([delimiter])}: expected an ASCII character other than a quotation "
                + "mark");
        var records = new TextRecords(input);
        try
        {
            return new(input, records, options);
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="BadInputException">It has more or fewer cells than the first, or is not well formed or whole.</exception>
    public bool Read()
    {
        if (!records.Read())
        {
            input.RequireEnd();
            return false;
        }
        if (firstLine == 0) firstLine = Line;
        int cells = records.Count;
        if (hasTrailing && cells == Columns + 1)
        {
            if (!records.Bytes(Columns).IsEmpty)
                throw new BadInputException($"{Name}, line {Line}, column {Columns + 1}: is {Quoted.Text(records.Text(Columns))}: expected "
                    + "nothing behind the separator at the end of the line, as in the lines before");
            cells--;
        }
        if (cells != Columns) throw OtherLength(cells);
        return true;
    }

    /// <summary>A cell of the row, without blanks and quotation marks around it; until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => records.Bytes(column);

    /// <summary>A cell of the row.</summary>
    /// <exception cref="BadInputException">It is not UTF-8.</exception>
    public string Text(int column) => records.Text(column);

    /// <summary>Whether a cell of the row stands for a value that is not there.</summary>
    public bool IsMissing(int column) => markers.Contains(Utf8(column)) || (markers.HasNumbers
        && TextNumber.TryRead(Utf8(column), Dialect.HasDecimalComma, out double value) && markers.Contains(value));

    /// <summary>Reads a cell of the row as a number; words for truth are 1 and 0.</summary>
    /// <returns>False if it is none, or stands for a value that is not there.</returns>
    public bool TryNumber(int column, out double value)
    {
        ReadOnlySpan<byte> cell = records.Bytes(column);
        return TextNumber.TryRead(cell, Dialect.HasDecimalComma, out value) ? !markers.Contains(value)
            : TextNumber.TryReadTruth(cell, out value) && !markers.Contains(cell);
    }

    /// <summary>Where a cell of the row stands, for messages: file, line, column and the column's name.</summary>
    public string Where(int column) =>
        $"{Name}, line {Line}, column {column + 1}{(Names is null ? "" : $" ({Quoted.Text(Names[column])})")}:";

    /// <summary>What to say of a cell that is not a finite number.</summary>
    /// <param name="column">The cell.</param>
    /// <param name="allowsGaps">Whether there may be cells that stand for nothing.</param>
    /// <param name="advice">Further ways out, in words.</param>
    public BadInputException NotNumber(int column, bool allowsGaps = false, string advice = "")
    {
        string cell = CellFault.Shown(Utf8(column));
        string expected = CellFault.Expected(Utf8(column), Dialect.HasDecimalComma, !allowsGaps && IsMissing(column));
        bool mayBeHeader = Names is null && Line == firstLine && !Utf8(column).IsEmpty;
        bool mayBeSeveral = Columns == 1 && Utf8(column).IndexOfAny(" ,;\t|"u8) >= 0;
        return new($"{Where(column)} is {cell}: {expected}{advice}{(mayBeHeader ? " (or --header true)" : "")}"
            + (mayBeSeveral ? SeparatorAdvice : ""));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        records.Dispose();
        input.Dispose();
    }

    string SeparatorAdvice => isGuessed ? $" (cells separated by {Dialect.Separators}; --delimiter states another separator)"
        : $" (cells separated by {Dialect.Separators}, as stated)";

    BadInputException OtherLength(int cells)
    {
        bool hasRowNames = Names is not null && cells == Columns + 1;
        return new($"{Name}, line {Line}: has {cells} columns, expected {Columns} as in the first row"
            + (hasRowNames ? "; if the first cell names the row, the header needs a name for it (R: col.names = NA)" : "")
            + SeparatorAdvice);
    }

    int RequireRow() => records.Read() ? records.Count : throw new BadInputException($"{Name}: has no rows");

    // Comments stand above the table, and nowhere else.
    (int Count, string? Last) PassComments()
    {
        int count = 0;
        string? last = null;
        while (records.PassLine(IsComment) is string line) (count, last) = (count + 1, line);
        return (count, last);
    }

    static bool IsComment(string line) => line[0] is '#' or '%' && !line.StartsWith("#N/A", StringComparison.Ordinal);

    string[]? NamesIn(string comment)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(comment.TrimStart('#', '%'));
        var cutter = new RecordCutter(records.Delimiter);
        cutter.Cut(text, isWhole: true);
        return cutter.Fault is null
            ? [.. Enumerable.Range(0, cutter.Count).Select(c => System.Text.Encoding.UTF8.GetString(cutter.Cell(text, c)))] : null;
    }

    // A header, or the last line, may lack the separator at its end.
    bool HasTrailing(List<string[]> rows)
    {
        if (records.Delimiter == ' ' || rows.Count == 0) return false;
        int most = rows.Max(row => row.Length), full = rows.Count(row => row.Length == most && row[^1] == "");
        return most > 1 && 2 * full >= rows.Count && full + rows.Count(row => row.Length == most - 1) == rows.Count;
    }

    bool HasDecimalComma(List<string[]> rows)
    {
        if (records.Delimiter == ',') return false;
        bool IsFraction(string cell, char sign, bool comma) => cell.Contains(sign) && TextNumber.IsNumber(cell, comma);
        return rows.Exists(row => Array.Exists(row, cell => IsFraction(cell, ',', comma: true)))
            && !rows.Exists(row => Array.Exists(row, cell => IsFraction(cell, '.', comma: false)));
    }
}
