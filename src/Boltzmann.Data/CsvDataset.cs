using System.Globalization;
using System.Text;
using CsvHelper;

namespace Boltzmann.Data;

/// <summary>
/// Reads tables of numbers from text: .csv, .tsv, also gzip; with a header or without, with a column of class labels or without.
/// </summary>
public static class CsvDataset
{
    const int LongestLine = 64 << 20;

    /// <summary>
    /// Reads the rows. Every column but that of the labels holds finite numbers; decimal points are points in every language.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Header, labels, delimiter.</param>
    /// <param name="missing">What empty cells stand for; null to refuse them.</param>
    /// <exception cref="BadInputException">
    /// The file is missing, has no rows, only a header, rows of different lengths, text, NaN or nothing where a number should be, no such
    /// label column, or an unknown label; with the line and the column.
    /// </exception>
    public static Dataset Read(string path, CsvOptions? options = null, MissingValues? missing = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, options ?? new(), missing);
    }

    internal static Dataset Read(InputBytes input, CsvOptions options, MissingValues? missing = null)
    {
        if (options.Delimiter is char delimiter && (!char.IsAscii(delimiter) || delimiter is '"' or '\r' or '\n'))
            throw new BadInputException($"the delimiter is {Quoted.Text([delimiter])}: expected an ASCII character other than a quotation "
                + "mark");
        try
        {
            using CsvReader reader = CsvReader.Create(new InputStream(input), new CsvReaderOptions
            {
                HasHeader = false,
                Separator = options.Delimiter,
                TrimWhitespace = true,
                AllowLineBreaksInQuotes = false,   // so that a stray quotation mark spoils one line, not the rest of the file
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LongestLine,
                TrackLineNumbers = true,
            });
            Dataset data = new Table(reader, input.Name, options, missing).Read();
            input.RequireEnd();
            return data;
        }
        catch (CsvFormatException e)
        {
            throw new BadInputException($"{input.Name}, line {e.LineNumber}: not well-formed CSV (a quotation mark within a field or "
                + $"without end, or a line above {LongestLine} bytes)", e);
        }
    }

    sealed class Table(CsvReader reader, string name, CsvOptions options, MissingValues? missing)
    {
        readonly NumberBuffer numbers = new(name);
        readonly LabelBuffer labels = new(options.LabelNames);
        string[]? names;
        int columns, labelColumn;
        int[] places = [];   // of the columns that are read, in the order of the rows
        long line;

        public Dataset Read()
        {
            // The header can be told from data only beside the second row.
            if (!Next()) throw new BadInputException($"{name}: has no rows");
            string[] first = reader.Current.ToArray();
            long firstLine = line;
            string[]? second = Next() ? reader.Current.ToArray() : null;
            long secondLine = line;
            columns = first.Length;
            if (options.HasHeader ?? IsHeader(first, second)) names = first;
            if (names is not null && second is null) throw new BadInputException($"{name}: has a header but no rows");
            labelColumn = options.LabelColumn is string wanted ? LabelColumn(wanted) : -1;
            if (columns == 1 && labelColumn == 0) throw new BadInputException($"{name}: has no column but the labels");
            places = Places();

            if (names is null) Add(first, firstLine);
            if (second is not null) Add(second, secondLine);
            while (Next())
            {
                RequireColumns(reader.FieldCount);
                foreach (int c in places) Add(c, reader.GetSpan(c));
                if (labelColumn >= 0) Add(labelColumn, reader.GetSpan(labelColumn));
            }
            var (indices, classes) = labels.Finish();
            return new(Path.GetFileName(name), numbers.ToRows(places.Length))
            {
                ColumnNames = names is null ? null : [.. places.Select(c => names[c])],
                Labels = labelColumn >= 0 ? indices : null,
                LabelNames = labelColumn >= 0 ? classes : null,
                Missing = missing,
            };
        }

        bool Next()
        {
            if (!reader.Read()) return false;
            line = reader.LineNumber;
            return true;
        }

        void Add(string[] fields, long at)
        {
            line = at;
            RequireColumns(fields.Length);
            foreach (int c in places) Add(c, Encoding.UTF8.GetBytes(fields[c]));
            if (labelColumn >= 0) Add(labelColumn, Encoding.UTF8.GetBytes(fields[labelColumn]));
        }

        void Add(int column, ReadOnlySpan<byte> field)
        {
            if (column == labelColumn)
            {
                if (field.IsEmpty) throw new BadInputException($"{Where(column)} has no label");
                labels.Add(Encoding.UTF8.GetString(field), () => Where(column));
            }
            else if (field.IsEmpty && missing is not null) numbers.Add(double.NaN);
            else if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
                numbers.Add(value);
            else throw Bad(column, Encoding.UTF8.GetString(field));
        }

        BadInputException Bad(int column, string field) => new($"{Where(column)} is {(field.Length == 0 ? "empty" : Quoted.Text(field))}: "
            + "expected a finite number" + (field.Contains(',') ? " with a decimal point" : "")
                + (labelColumn < 0 ? " (or the label column stated)" : ""));

        void RequireColumns(int found)
        {
            if (found != columns)
                throw new BadInputException($"{name}, line {line}: has {found} columns, expected {columns} as in the first row");
        }

        int[] Places()
        {
            int[] all = [.. Enumerable.Range(0, columns).Where(c => c != labelColumn)];
            if (names is null || options.Columns is null) return all;
            string[] found = [.. all.Select(c => names[c])];
            return [.. ColumnMatch.Places(found, options.Columns, options.IgnoreExtra, name).Select(place => all[place])];
        }

        string Where(int column) => $"{name}, line {line}, column {column + 1}{(names is null ? "" : $" ({Quoted.Text(names[column])})")}:";

        int LabelColumn(string wanted)
        {
            if (names is not null && Array.IndexOf(names, wanted) is >= 0 and int named)
                return Array.IndexOf(names, wanted, named + 1) < 0 ? named
                    : throw new BadInputException($"{name}: has two columns named {Quoted.Text(wanted)}");
            bool isNumber = int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index);
            if (options.IsLabelOptional) return isNumber && columns - 1 == options.Width ? OptionalLabel(index) : -1;
            if (!isNumber)
                throw new BadInputException($"{name}: has no column {Quoted.Text(wanted)} for the labels: expected "
                    + (names is null ? "its number, as there is no header"
                    : $"one of {string.Join(", ", names.Take(20).Select(one => Quoted.Text(one)))}"));
            if (index < -columns || index >= columns)
                throw new BadInputException($"{name}: has no column {index} for the labels: expected {-columns} to {columns - 1}");
            return index < 0 ? columns + index : index;
        }

        // A table with one column more than a model takes has the labels where the training's table had them, unless that is an input.
        int OptionalLabel(int index)
        {
            int place = index < 0 ? columns + index : index;
            if (place < 0 || place >= columns) return -1;
            return names is not null && options.Columns?.Contains(names[place]) == true ? -1 : place;
        }

        static bool IsHeader(string[] first, string[]? second) => second is null
            ? Array.TrueForAll(first, field => !IsNumber(field))
            : first.Zip(second).Any(pair => !IsNumber(pair.First) && IsNumber(pair.Second));

        static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
