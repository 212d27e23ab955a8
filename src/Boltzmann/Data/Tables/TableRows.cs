using System.Globalization;

namespace Boltzmann.Data;

/// <summary>Reads the rows of a table into units, as a schema says.</summary>
/// <param name="reader">At the beginning of the table.</param>
/// <param name="schema">What its columns hold.</param>
/// <param name="use">What the table may lack or have beside.</param>
sealed class TableRows(ITableReader reader, TableSchema schema, TableUse use)
{
    const int Absent = -1;

    readonly string[] names = TableDetector.NamesOf(reader);

    /// <summary>The rows, in the units of measure of the table: numbers are not scaled.</summary>
    /// <param name="options">The column of labels, and how many rows.</param>
    /// <exception cref="BadInputException">A column is missing, there are others, or a field is not what its column holds.</exception>
    public Dataset Read(TableOptions options)
    {
        int label = options.LabelColumn is string wanted ? LabelPlace(wanted) : Absent;
        int[] places = Places(label);
        if (reader is AlignmentTable table && schema.Alphabet?.Letters == table.Alignment.Alphabet.Letters && !places.Contains(Absent))
            return Letters(table.Alignment, [.. schema.Modelled.Select(c => places[c])], options.Rows);
        var numbers = new NumberBuffer(reader.Name);
        var labels = new LabelBuffer(use.Classes);
        var row = new double[schema.UnitNames.Count];
        bool hasGaps = false;
        int count = 0;
        for (; count != options.Rows && reader.Read(); count++)
        {
            for (int c = 0; c < places.Length; c++)
            {
                if (places[c] != Absent) schema.Encode(c, reader, places[c], row, use.UnseenIsAbsent);
                else row.AsSpan(schema.UnitsOf(c)).Fill(double.NaN);
            }
            foreach (double x in row)
            {
                hasGaps |= double.IsNaN(x);
                numbers.Add(x);
            }
            if (label == Absent) continue;
            if (reader.Unusable(label) is string what)
                throw new BadInputException($"{reader.Where(label)} is {what}: expected a label");
            if (reader.IsMissing(label)) throw new BadInputException($"{reader.Where(label)} has no label");
            labels.Add(reader.Text(label), () => reader.Where(label));
        }
        if (count == 0) throw new BadInputException($"{reader.Name}: has no rows");
        var (classOf, classes) = labels.Finish();
        return new(Path.GetFileName(reader.Name), numbers.ToRows(row.Length))
        {
            ColumnNames = schema.UnitNames,
            Missing = hasGaps ? MissingValues.Absent : null,
            Labels = label == Absent ? null : classOf,
            LabelNames = label == Absent ? null : classes,
        };
    }

    // A byte for each letter in place of a number for each unit.
    Dataset Letters(Alignment alignment, int[] sites, int? most)
    {
        int count = Math.Min(most ?? alignment.Count, alignment.Count);
        var letters = new byte[(long)count * sites.Length];
        for (int r = 0; r < count; r++)
            for (int i = 0; i < sites.Length; i++) letters[r * sites.Length + i] = alignment[r][sites[i]];
        return new(Path.GetFileName(reader.Name), new CategoryRows(letters, sites.Length, alignment.Alphabet.Letters.Length)
        {
            Note = alignment.Note,
        })
        {
            ColumnNames = schema.UnitNames,
            RowNames = [.. alignment.Names.Take(count)],
        };
    }

    int LabelPlace(string wanted)
    {
        if (!use.LabelIsOptional || Array.IndexOf(names, wanted) >= 0) return TableDetector.LabelColumn(reader, names, wanted);
        // A number stands for a column of labels only in a table that has one column more than the model's.
        return int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && names.Length == schema.Columns.Count + 1 ? TableDetector.LabelColumn(reader, names, wanted) : Absent;
    }

    int[] Places(int label)
    {
        int[] others = [.. Enumerable.Range(0, names.Length).Where(c => c != label)];
        if (!schema.HasHeader || reader.Names is null)
        {
            return others.Length == schema.Columns.Count ? others
                : throw new BadInputException($"{reader.Name}: has {others.Length} columns, but the model learned from "
                    + $"{schema.Columns.Count}");
        }
        var places = new int[schema.Columns.Count];
        var missing = new List<string>();
        for (int c = 0; c < places.Length; c++)
        {
            string name = schema.Columns[c].Name;
            int at = Array.FindIndex(others, place => names[place] == name);
            places[c] = at < 0 ? Absent : others[at];
            if (Array.FindAll(others, place => names[place] == name).Length > 1)
                throw new BadInputException($"{reader.Name}: has two columns named {Quoted.Text(name)}");
            if (places[c] == Absent && schema.Columns[c].Units > 0 && name != use.MayLack) missing.Add(name);
        }
        if (missing.Count > 0 && !use.AllowsMissingColumns)
            throw new BadInputException($"{reader.Name}: has no column {ColumnMatch.List(missing)}, which the model learned from; it has "
                + $"{ColumnMatch.List(names)}");
        string[] extra = [.. others.Where(place => !places.Contains(place)).Select(place => names[place])];
        if (extra.Length > 0 && !use.IgnoresExtra)
            throw new BadInputException($"{reader.Name}: has a column {ColumnMatch.List(extra)}, which the model did not learn from; "
                + "--ignore-extra passes over such columns");
        return places;
    }
}
