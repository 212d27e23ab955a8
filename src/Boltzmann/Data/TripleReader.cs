using System.Runtime.InteropServices;
using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// Reads entries of a table from text, also gzip, an entry a line: row, column, value. Where a header names them
/// (<c>userId,movieId,rating,timestamp</c>) they stand anywhere, else they are the first three fields; others are passed over. Rows and
/// columns are what occurs, whole numbers by value and other names by spelling; names of columns are kept.
/// </summary>
public static class TripleReader
{
    static readonly string[] rowNames = ["row", "user", "userid", "document", "doc", "docid"],
        columnNames = ["column", "col", "item", "itemid", "movie", "movieid", "film", "filmid", "word", "wordid"],
        valueNames = ["value", "rating", "count", "score"];

    /// <summary>Reads entries that are 0 where there is no line for them; without a third field all that are there are 1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Header, delimiter, columns by name.</param>
    /// <exception cref="BadInputException">The file is missing or has no entries, a line lacks a field or a finite value, an entry is there
    /// twice, or a column is not one of those stated; with the line.</exception>
    public static Dataset Read(string path, SparseOptions? options = null) => Read(path, options ?? new(), areRatings: false);

    /// <summary>Reads ratings: entries that are absent where there is no line for them, while 0 is a value.</summary>
    /// <inheritdoc cref="Read(string, SparseOptions?)"/>
    public static Dataset ReadRatings(string path, SparseOptions? options = null) =>
        Read(path, options ?? new(), areRatings: true).WithGaps(MissingValues.Absent);

    static Dataset Read(string path, SparseOptions options, bool areRatings)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, options, areRatings);
    }

    internal static Dataset Read(InputBytes input, SparseOptions options, bool areRatings) => new Table(input, options, areRatings).Read();

    sealed class Table(InputBytes input, SparseOptions options, bool areRatings)
    {
        readonly TextLines lines = new(input);
        readonly NameNumbers rows = new(null), columns = new(options.ColumnNames);
        readonly List<int> entryRows = [], entryColumns = [];
        readonly List<float> values = [];
        readonly List<(int Entry, long Line)> jumps = [];   // entries that are not on the line after the one before
        long lastLine = -1;
        readonly List<Range> fields = [];
        (int Row, int Column, int Value) places = (0, 1, 2);

        public Dataset Read()
        {
            FieldSplitter? splitter = null;
            while (lines.Next(out ReadOnlySpan<byte> line))
            {
                if (line.Trim(" \t"u8).IsEmpty) continue;
                bool isFirst = splitter is null;
                splitter ??= FieldSplitter.Of(line, options.Delimiter);
                if (!splitter.Split(line, fields))
                    throw new BadInputException($"{lines.Where}: a quotation mark without end: expected fields between delimiters");
                if (isFirst && IsHeader(line)) continue;
                Add(line);
            }
            if (entryRows.Count == 0) throw new BadInputException($"{input.Name}: has no entries");
            var (rowPlaces, _) = rows.Finish();
            var (columnPlaces, names) = columns.Finish();
            Span<int> r = CollectionsMarshal.AsSpan(entryRows), c = CollectionsMarshal.AsSpan(entryColumns);
            foreach (ref int row in r) row = rowPlaces[row];
            foreach (ref int column in c) column = columnPlaces[column];
            RequireOnce(r, c, rowPlaces.Length, names);
            return new(Path.GetFileName(input.Name), Triples.ToRows(input.Name, r, c, CollectionsMarshal.AsSpan(values), rowPlaces.Length,
                names.Length, areRatings))
            {
                ColumnNames = names,
            };
        }

        // A header has text where the value stands; in one of two fields, or of other order, it is known by its names.
        bool IsHeader(ReadOnlySpan<byte> line)
        {
            var words = new string[fields.Count];
            for (int f = 0; f < words.Length; f++) words[f] = Word(FieldSplitter.Text(line[fields[f]]));
            int row = Find(words, rowNames), column = Find(words, columnNames), value = Find(words, valueNames);
            bool isHeader = options.HasHeader ?? ((row >= 0 && column >= 0)
                || (words.Length > 2 && !TextTokens.IsValue(line[fields[2]], out _)));
            if (words.Length < 3 && areRatings)
                throw new BadInputException($"{lines.Where}: has {words.Length} fields: expected row, column and rating");
            if (isHeader && row >= 0 && column >= 0 && (value >= 0 || words.Length == 2)) places = (row, column, value);
            else if (words.Length == 2) places = (0, 1, -1);
            return isHeader;
        }

        static string Word(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .ToLowerInvariant();

        static int Find(string[] words, string[] names) => Array.FindIndex(words, word => names.Contains(word));

        void Add(ReadOnlySpan<byte> line)
        {
            int needed = Math.Max(Math.Max(places.Row, places.Column), places.Value) + 1;
            if (fields.Count < needed)
                throw new BadInputException($"{lines.Where}: has {fields.Count} fields, expected at least {needed}: row, column"
                    + (places.Value < 0 ? "" : " and value"));
            double value = 1;
            if (places.Value >= 0 && !TextTokens.IsValue(FieldSplitter.Bare(line[fields[places.Value]]), out value))
                throw new BadInputException($"{lines.Where}, field {places.Value + 1}: found "
                    + $"{TextTokens.Quote(line[fields[places.Value]])}: expected a finite number as the value");
            int row = Number(rows, line, places.Row, "row"), column = Number(columns, line, places.Column, "column");
            if (column < 0) return;
            if (entryRows.Count == Array.MaxLength)
                throw new BadInputException($"{lines.Where}: more than {Array.MaxLength} entries do not fit into memory");
            if (lines.Number != lastLine + 1) jumps.Add((entryRows.Count, lines.Number));
            lastLine = lines.Number;
            entryRows.Add(row);
            entryColumns.Add(column);
            if (places.Value >= 0) values.Add((float)value);
        }

        int Number(NameNumbers names, ReadOnlySpan<byte> line, int field, string what)
        {
            string? quoted = line[fields[field]].StartsWith("\""u8) ? FieldSplitter.Text(line[fields[field]]) : null;
            Span<char> chars = stackalloc char[256];
            ReadOnlySpan<byte> bytes = line[fields[field]];
            if (bytes.Length > chars.Length)
                throw new BadInputException($"{lines.Where}, field {field + 1}: a name of {bytes.Length} bytes for a {what}: expected at "
                    + $"most {chars.Length}");
            ReadOnlySpan<char> name = quoted is null ? chars[..Encoding.UTF8.GetChars(bytes, chars)] : quoted.AsSpan();
            if (name.IsEmpty) throw new BadInputException($"{lines.Where}, field {field + 1}: is empty: expected the name of a {what}");
            int number = names.Of(name);
            return number >= 0 || options.IgnoreExtra ? number
                : throw new BadInputException($"{lines.Where}, field {field + 1}: the column {Quoted.Text(name)} is not one of the "
                    + $"{names.Count} that are expected; --ignore-extra passes over others");
        }

        void RequireOnce(ReadOnlySpan<int> r, ReadOnlySpan<int> c, int height, string[] names)
        {
            int[] order = Triples.Order(r, height, out int[] starts), seen = new int[names.Length], rowOf = new int[names.Length];
            Array.Fill(rowOf, -1);
            for (int row = 0; row < height; row++)
                for (int i = starts[row]; i < starts[row + 1]; i++)
                {
                    int entry = order[i], column = c[entry];
                    if (rowOf[column] == row)
                        throw new BadInputException($"{input.Name}, line {LineOf(entry)}: has the row and the column "
                            + $"({Quoted.Text(names[column])}) of line {LineOf(seen[column])} again: expected every entry once");
                    (rowOf[column], seen[column]) = (row, entry);
                }
        }

        long LineOf(int entry)
        {
            var (first, line) = jumps.FindLast(jump => jump.Entry <= entry);
            return line + entry - first;
        }
    }
}
