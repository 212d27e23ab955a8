using System.Globalization;

namespace Boltzmann.Data;

/// <summary>
/// The columns of a table in its own words, and how they become visible units: numbers a Gaussian unit each, columns of two values a
/// Bernoulli unit, words a block of one-hot units. Found in the training's table, kept with the model, and the same for every later table.
/// </summary>
/// <remarks>
/// Units are ordered by kind, so that few parts stand side by side: numbers first, then binary columns, then categorical ones by their
/// number of words; within a kind as in the table. A field without a value is NaN in all of its column's units.
/// </remarks>
public sealed partial class TableSchema
{
    readonly int[] firstUnit;
    readonly Dictionary<string, int>[] unitOf;
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>>[] unitOfUtf8;

    /// <summary>A schema of these columns.</summary>
    /// <param name="columns">In the order of the table, ignored ones too.</param>
    /// <param name="hasHeader">Whether the table names them.</param>
    /// <exception cref="BadInputException">Two have one name, or none is to be learned.</exception>
    public TableSchema(IReadOnlyList<TableColumn> columns, bool hasHeader = true)
    {
        Columns = [.. columns];
        HasHeader = hasHeader;
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (TableColumn column in columns)
            if (!known.Add(column.Name)) throw new BadInputException($"two columns are named {Quoted.Text(column.Name)}");
        Modelled = [.. Enumerable.Range(0, columns.Count).Where(c => columns[c].Units > 0).OrderBy(c => Order(columns[c]))];
        if (Modelled.Count == 0) throw new BadInputException("none of the columns holds anything to learn from");
        firstUnit = new int[columns.Count];
        unitOf = new Dictionary<string, int>[columns.Count];
        unitOfUtf8 = new Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>>[columns.Count];
        var names = new List<string>();
        foreach (int c in Modelled)
        {
            firstUnit[c] = names.Count;
            names.AddRange(columns[c].UnitNames);
            unitOf[c] = new(Utf8Words.Ordinal);
            unitOfUtf8[c] = unitOf[c].GetAlternateLookup<ReadOnlySpan<byte>>();
            for (int word = 0; word < columns[c].Categories.Count; word++) unitOf[c].Add(columns[c].Categories[word], word);
        }
        UnitNames = names;
    }

    /// <summary>A schema of numbers alone, as rows have that never were a table of text.</summary>
    internal static TableSchema OfNumbers(IReadOnlyList<string> names) => new([.. names.Select(name => new TableColumn(name,
        ColumnType.Real)
    {
        Minimum = double.MinValue,
        Maximum = double.MaxValue,
        Decimals = TableColumn.MostDecimals,
    })]);

    /// <summary>The columns, in the order of the table.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Of aligned sequences, whose columns are sites, the letters; null of other tables.</summary>
    public Alphabet? Alphabet { get; init; }

    /// <summary>Whether the table names its columns; they are told apart by position otherwise.</summary>
    public bool HasHeader { get; }

    /// <summary>The columns that units stand for, by their places in <see cref="Columns"/>, in the order of the units.</summary>
    public IReadOnlyList<int> Modelled { get; }

    /// <summary>Names of the visible units: "age", "sex=female", …</summary>
    public IReadOnlyList<string> UnitNames { get; }

    /// <summary>The units of a column.</summary>
    /// <param name="column">Its place in <see cref="Columns"/>.</param>
    public Range UnitsOf(int column) => firstUnit[column]..(firstUnit[column] + Columns[column].Units);

    /// <summary>The place of a column.</summary>
    /// <exception cref="BadInputException">There is none of that name; the message names the nearest.</exception>
    public int PlaceOf(string name)
    {
        for (int c = 0; c < Columns.Count; c++)
            if (Columns[c].Name == name) return c;
        string[] names = [.. Columns.Select(column => column.Name)];
        throw new BadInputException($"there is no column {Quoted.Text(name)}; the columns are {Quoted.List(names)}"
            + DidYouMean.Question(name, names));
    }

    /// <summary>Writes a field of a column into its units.</summary>
    /// <param name="column">Its place in <see cref="Columns"/>.</param>
    /// <param name="reader">Stands at the row.</param>
    /// <param name="field">The field's place in the reader.</param>
    /// <param name="units">The units of the whole row.</param>
    /// <param name="unseen">Whether a word that the training did not have is a gap; it is refused otherwise.</param>
    /// <exception cref="BadInputException">The field is not what the column holds; the message says where and what helps.</exception>
    internal void Encode(int column, ITableReader reader, int field, Span<double> units, bool unseen)
    {
        TableColumn known = Columns[column];
        Span<double> own = units[UnitsOf(column)];
        if (own.Length == 0) return;
        if (reader.IsMissing(field))
        {
            own.Fill(double.NaN);
            return;
        }
        if (known.IsNumber)
        {
            if (!reader.TryNumber(field, out own[0])) throw reader.NotNumber(field, allowsGaps: true);
            if (known.Type == ColumnType.Count && own[0] < 0)
                throw new BadInputException($"{reader.Where(field)} {Quoted.Text(reader.Text(field))}: expected a count, 0 or more; "
                    + $"--types {known.Name}=real takes any number");
            return;
        }
        if (!unitOfUtf8[column].TryGetValue(reader.Utf8(field), out int word)
            && !TryWord(column, reader.Text(field), reader.TryNumber(field, out double number) ? number : null, out word))
        {
            if (!unseen)
                throw new BadInputException($"{reader.Where(field)} {reader.Unusable(field) ?? Quoted.Text(reader.Text(field))} is not a "
                    + $"value that the training had: expected one of {Quoted.List(known.Categories)}; --unseen absent takes others as "
                    + "missing");
            own.Fill(double.NaN);
        }
        else if (known.Type == ColumnType.Binary) own[0] = word;
        else
        {
            own.Clear();
            own[word] = 1;
        }
    }

    /// <summary>A value of a column as its units have it; see <see cref="Encode"/>.</summary>
    /// <param name="column">Its place in <see cref="Columns"/>.</param>
    /// <param name="text">As the table would have it; decimal point.</param>
    /// <exception cref="BadInputException">It is no value of the column.</exception>
    public double[] UnitsFor(int column, string text)
    {
        TableColumn known = Columns[column];
        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number);
        if (known.IsNumber) return isNumber ? [number]
            : throw new BadInputException($"{Quoted.Text(known.Name)} is a column of numbers: expected one, not {Quoted.Text(text)}");
        int word = known.Units == 0 ? throw new BadInputException($"the model did not learn column {Quoted.Text(known.Name)}")
            : TryWord(column, text, isNumber ? number : null, out int found) ? found
            : throw new BadInputException($"{Quoted.Text(text)} is not a value of {Quoted.Text(known.Name)}: expected one of "
                + Quoted.List(known.Categories));
        if (known.Type == ColumnType.Binary) return [word];
        var units = new double[known.Units];
        units[word] = 1;
        return units;
    }

    /// <summary>A row of units, in the units of measure of the table, as fields of its columns.</summary>
    /// <param name="units">A value each; of means the most probable word is written. NaN gives an empty field.</param>
    /// <param name="extrapolate">Whether numbers may leave the range of the training.</param>
    public string[] Decode(ReadOnlySpan<double> units, bool extrapolate = false)
    {
        var fields = new string[Columns.Count];
        for (int c = 0; c < fields.Length; c++) fields[c] = Field(c, units[UnitsOf(c)], extrapolate);
        return fields;
    }

    /// <summary>The units of one column as a field of it.</summary>
    public string Field(int column, ReadOnlySpan<double> units, bool extrapolate = false)
    {
        TableColumn known = Columns[column];
        if (known.Type == ColumnType.Ignored) return known.Categories.Count == 1 ? known.Categories[0] : "";
        if (double.IsNaN(units[0])) return "";
        if (known.IsNumber) return NumberIn(known, units[0], extrapolate);
        return known.Categories[known.Type == ColumnType.Binary ? (units[0] >= 0.5 ? 1 : 0) : LargestOf(units)];
    }

    static string NumberIn(TableColumn column, double value, bool extrapolate)
    {
        if (!extrapolate) value = Math.Clamp(value, column.Minimum, column.Maximum);
        if (column.Decimals >= TableColumn.MostDecimals || Math.Abs(value) >= 1e15)
            return value.ToString("G7", CultureInfo.InvariantCulture);
        double rounded = Math.Round(value, column.Decimals);
        if (rounded == 0) rounded = 0;   // no minus zero
        // At least the digits that all have, and further ones where they are not zero.
        string places = new('0', Math.Min(column.WrittenDecimals, TableColumn.MostDecimals)),
            more = new('#', Math.Max(0, column.Decimals - column.WrittenDecimals));
        return rounded.ToString($"0.{places}{more}", CultureInfo.InvariantCulture);
    }

    static int LargestOf(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[largest]) largest = i;
        return largest;
    }

    // Words as they stand, or another way of writing the same number or truth: 1 and 1.0, True and true.
    bool TryWord(int column, string text, double? number, out int word)
    {
        if (unitOf[column].TryGetValue(text, out word)) return true;
        if (number is not double x) return false;
        IReadOnlyList<string> words = Columns[column].Categories;
        for (word = 0; word < words.Count; word++)
            if ((double.TryParse(words[word], NumberStyles.Float, CultureInfo.InvariantCulture, out double own) && own == x)
                || (bool.TryParse(words[word], out bool truth) && x == (truth ? 1 : 0)))
                return true;
        return false;
    }

    static int Order(TableColumn column) => column.IsNumber ? 0 : column.Type == ColumnType.Binary ? 1 : 1 + column.Units;
}
