using System.Globalization;

namespace Boltzmann.Data;

/// <summary>
/// Reads tables of numbers from text: .csv, .tsv, also gzip; with a header or without, with a column of class labels or without.
/// </summary>
public static class CsvDataset
{
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
        options ??= new();
        InputBytes input = InputBytes.Open(path);
        try
        {
            using TextTable table = TextTable.Open(input, options);
            return Read(table, options, missing);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>The rows of any table whose columns are numbers.</summary>
    internal static Dataset Read(ITableReader table, CsvOptions options, MissingValues? missing = null, int? most = null) =>
        new Reader(table, options, missing, most).Read();

    sealed class Reader(ITableReader table, CsvOptions options, MissingValues? missing, int? mostRows)
    {
        readonly string name = table.Name;
        readonly IReadOnlyList<string>? names = table.Names;
        readonly int columns = table.Columns;
        readonly NumberBuffer numbers = new(table.Name);
        readonly LabelBuffer labels = new(options.LabelNames);
        int labelColumn;
        int[] places = [];   // of the columns that are read, in the order of the rows

        public Dataset Read()
        {
            labelColumn = options.LabelColumn is string wanted ? LabelColumn(wanted) : -1;
            if (columns == 1 && labelColumn == 0) throw new BadInputException($"{name}: has no column but the labels");
            places = Places();
            // Rows that are not read have labels, too, and the classes are those of all.
            int most = labelColumn < 0 && mostRows is int some ? some : int.MaxValue;
            int rows = 0;
            for (; rows < most && table.Read(); rows++)
            {
                foreach (int c in places) AddNumber(c);
                if (labelColumn >= 0) AddLabel(labelColumn);
            }
            if (rows == 0) throw new BadInputException($"{name}: has a header but no rows");
            var (indices, classes) = labels.Finish();
            return new(Path.GetFileName(name), numbers.ToRows(places.Length))
            {
                ColumnNames = names is null ? null : [.. places.Select(c => names[c])],
                Labels = labelColumn >= 0 ? indices : null,
                LabelNames = labelColumn >= 0 ? classes : null,
                Missing = missing,
            };
        }

        void AddLabel(int column)
        {
            if (table.Unusable(column) is string what) throw new BadInputException($"{table.Where(column)} is {what}: expected a label");
            string label = table.Text(column);
            if (label == "") throw new BadInputException($"{table.Where(column)} has no label");
            labels.Add(label, () => table.Where(column));
        }

        void AddNumber(int column)
        {
            if (table.TryNumber(column, out double value)) numbers.Add(value);
            else if (missing is not null && table.IsMissing(column)) numbers.Add(double.NaN);
            else throw table.NotNumber(column, missing is not null, labelColumn < 0 ? " (or the label column stated)" : "");
        }

        int[] Places()
        {
            int[] all = [.. Enumerable.Range(0, columns).Where(c => c != labelColumn)];
            if (names is null || options.Columns is null) return all;
            string[] found = [.. all.Select(c => names[c])];
            return [.. ColumnMatch.Places(found, options.Columns, options.IgnoreExtra, name).Select(place => all[place])];
        }

        int LabelColumn(string wanted)
        {
            if (names is not null && Place(wanted) is >= 0 and int named)
                return !names.Skip(named + 1).Contains(wanted) ? named
                    : throw new BadInputException($"{name}: has two columns named {Quoted.Text(wanted)}");
            bool isNumber = int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index);
            if (options.IsLabelOptional) return isNumber && columns - 1 == options.Width ? OptionalLabel(index) : -1;
            if (!isNumber)
                throw new BadInputException($"{name}: has no column {Quoted.Text(wanted)} for the labels: expected "
                    + (names is null ? "its number, as there is no header"
                    : $"one of {string.Join(", ", names.Take(20).Select(one => Quoted.Text(one)))}{DidYouMean.Question(wanted, names)}"));
            if (index < -columns || index >= columns)
                throw new BadInputException($"{name}: has no column {index} for the labels: expected {-columns} to {columns - 1}");
            return index < 0 ? columns + index : index;
        }

        int Place(string wanted) => Enumerable.Range(0, columns).FirstOrDefault(c => names![c] == wanted, -1);

        // A table with one column more than a model takes has the labels where the training's table had them, unless that is an input.
        int OptionalLabel(int index)
        {
            int place = index < 0 ? columns + index : index;
            if (place < 0 || place >= columns) return -1;
            return names is not null && options.Columns?.Contains(names[place]) == true ? -1 : place;
        }
    }
}
