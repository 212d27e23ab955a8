using System.Globalization;

namespace Boltzmann.Data;

/// <summary>Sequences in a table: a row is a step, and a column may say which sequence it belongs to.</summary>
sealed class SequenceTable
{
    readonly ITableReader table;
    readonly int sequenceColumn;
    readonly int[] places;   // of the columns that are read, in the order of the rows

    SequenceTable(ITableReader table, SequenceOptions options)
    {
        this.table = table;
        sequenceColumn = options.SequenceColumn is string wanted ? Place(wanted, "of sequences") : -1;
        int[] skipped = [.. options.SkipColumns.Select(name => Place(name, "to leave out"))];
        places = options.Columns is null ? [.. Enumerable.Range(0, table.Columns).Where(c => c != sequenceColumn && !skipped.Contains(c))]
            : [.. options.Columns.Select(name => Place(name, "to read"))];
        if (Array.Exists(places, c => c == sequenceColumn || skipped.Contains(c)))
            throw new BadInputException($"{table.Name}: a column is to be read, and also to be left out or the name of the sequence");
        if (places.Distinct().Count() < places.Length) throw new BadInputException($"{table.Name}: a column is to be read twice");
        if (places.Length == 0) throw new BadInputException($"{table.Name}: no column is left to be read");
    }

    /// <summary>Reads all rows.</summary>
    /// <exception cref="BadInputException">It has no rows, a cell that is not a finite number, no such column, or a sequence that comes
    /// back.</exception>
    public static Sequences Read(ITableReader table, SequenceOptions options) => new SequenceTable(table, options).Read();

    Sequences Read()
    {
        var numbers = new NumberBuffer(table.Name);
        var first = new List<int>();
        var names = new List<string>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        int rows = 0;
        for (; table.Read(); rows++)
        {
            string name = sequenceColumn < 0 ? "1" : NameOf();
            if (names.Count == 0 || name != names[^1])
            {
                if (!known.TryAdd(name, rows))
                    throw new BadInputException($"{table.Where(sequenceColumn)} the sequence {Quoted.Text(name)} comes back after another: "
                        + "expected the rows of a sequence next to each other");
                first.Add(rows);
                names.Add(name);
            }
            foreach (int c in places) numbers.Add(table.TryNumber(c, out double value) ? value : throw NotNumber(c));
        }
        if (rows == 0) throw new BadInputException($"{table.Name}: has no sequences: expected rows of numbers");
        return new(new(Path.GetFileName(table.Name), numbers.ToRows(places.Length))
        {
            ColumnNames = table.Names is { } all ? [.. places.Select(c => all[c])] : null,
        }, first, names);
    }

    // A gap has no meaning here that could be stated.
    BadInputException NotNumber(int column) => table.IsMissing(column)
        ? new($"{table.Where(column)} has no value: expected a finite number in every step")
        : table.NotNumber(column, allowsGaps: true, " (or leave the column out: --skip-columns)");

    string NameOf()
    {
        if (table.Unusable(sequenceColumn) is string what)
            throw new BadInputException($"{table.Where(sequenceColumn)} is {what}: expected the name of a sequence");
        string name = table.Text(sequenceColumn);
        return name != "" ? name : throw new BadInputException($"{table.Where(sequenceColumn)} is empty: expected the name of a sequence");
    }

    // By name, or by number from 0, −1 being the last.
    int Place(string wanted, string what)
    {
        if (table.Names is { } names)
        {
            int[] found = [.. Enumerable.Range(0, table.Columns).Where(c => names[c] == wanted)];
            if (found.Length > 1) throw new BadInputException($"{table.Name}: has two columns named {Quoted.Text(wanted)}");
            if (found.Length == 1) return found[0];
        }
        if (int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index)
            && index >= -table.Columns && index < table.Columns) return index < 0 ? table.Columns + index : index;
        throw new BadInputException($"{table.Name}: has no column {Quoted.Text(wanted)} {what}: expected " + (table.Names is { } known
            ? $"one of {Quoted.List(known)}{DidYouMean.Question(wanted, known)}"
            : $"a number from {-table.Columns} to {table.Columns - 1}, as there is no header"));
    }
}
