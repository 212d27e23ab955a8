using System.Globalization;

namespace Boltzmann.Data;

/// <summary>Finds out what the columns of a table hold, by one look at its rows.</summary>
public static class TableDetector
{
    /// <summary>The columns but that of the labels.</summary>
    /// <param name="reader">At the beginning of the table.</param>
    /// <param name="options">What somebody says of columns.</param>
    /// <exception cref="BadInputException">There are no rows, a column that was named is not there, or one does not hold what was
    /// said.</exception>
    public static TableSchema Detect(ITableReader reader, TableOptions options) => Look(reader, options).Schema;

    /// <summary>The columns but that of the labels, how many rows there are, and the first of them.</summary>
    /// <param name="reader">At the beginning of the table, which is read once.</param>
    /// <param name="options">What somebody says of columns.</param>
    /// <param name="head">How many rows to keep as they stand.</param>
    /// <exception cref="BadInputException">There are no rows, a column that was named is not there, or one does not hold what was
    /// said.</exception>
    public static TableLook Look(ITableReader reader, TableOptions options, int head = 0)
    {
        string[] names = NamesOf(reader);
        int label = options.LabelColumn is string wanted ? LabelColumn(reader, names, wanted) : -1;
        foreach (string asked in options.Types.Keys.Concat(options.Ignore).Concat(options.Columns ?? []))
            if (Array.IndexOf(names, asked) < 0) throw NoColumn(reader, names, asked);
        if (reader.Schema is TableSchema stated) return LookAt(reader, stated, options, head);
        int[] kept = [.. Enumerable.Range(0, names.Length).Where(c => c != label)];
        ColumnProfile[] profiles = [.. kept.Select(c => new ColumnProfile(names[c]))];
        var first = new List<string[]>();
        int rows = 0;
        while (rows != options.Rows && reader.Read())
        {
            if (rows++ < head) first.Add([.. Enumerable.Range(0, names.Length).Select(c => reader.Unusable(c) ?? reader.Text(c))]);
            for (int i = 0; i < kept.Length; i++) profiles[i].Add(reader, kept[i]);
        }
        if (rows == 0) throw new BadInputException($"{reader.Name}: has no rows");
        try
        {
            var schema = new TableSchema([.. kept.Select((c, i) => profiles[i].Finish(Stated(names[c], options),
                options.IgnoresUnusable))], reader.Names is not null);
            return new(rows, schema, first);
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{reader.Name}: {e.Message}", e);
        }
    }

    // What the kind of file says of columns stands; which of them are left out may be said.
    static TableLook LookAt(ITableReader reader, TableSchema stated, TableOptions options, int head)
    {
        if (options.LabelColumn is not null || options.Types.Count > 0)
            throw new BadInputException($"{reader.Name}: is {reader.Form}, whose columns are known: --label-column and --types are for "
                + "other tables");
        var first = new List<string[]>();
        int rows = 0;
        for (; rows != options.Rows && reader.Read(); rows++)
            if (rows < head) first.Add([.. Enumerable.Range(0, reader.Columns).Select(reader.Text)]);
        if (stated.Columns.All(column => Stated(column.Name, options) is null)) return new(rows, stated, first);
        TableColumn[] columns = [.. stated.Columns.Select(column => Stated(column.Name, options) is null ? column
            : new(column.Name, ColumnType.Ignored))];
        var schema = new TableSchema(columns, stated.HasHeader) { Alphabet = stated.Alphabet };
        return new(rows, schema, first);
    }

    /// <summary>
    /// Whether all columns but that of the labels are numbers from 0 to 1, which binary units take as they are. Reads up to the first field
    /// that is not.
    /// </summary>
    /// <param name="reader">At the beginning of the table.</param>
    /// <param name="options">The column of labels, and how many rows.</param>
    /// <param name="allowsGaps">Whether fields may have no value.</param>
    /// <param name="allowsAny">Whether the numbers may be any, because something brings them to 0..1.</param>
    /// <exception cref="BadInputException">The column of labels is not there.</exception>
    public static bool AreShares(ITableReader reader, TableOptions options, bool allowsGaps = false, bool allowsAny = false)
    {
        int label = options.LabelColumn is string wanted ? LabelColumn(reader, NamesOf(reader), wanted) : -1;
        for (int rows = 0; rows != options.Rows && reader.Read(); rows++)
            for (int c = 0; c < reader.Columns; c++)
            {
                bool isShare = reader.TryNumber(c, out double x) && (allowsAny || x is >= 0 and <= 1);
                if (c != label && !isShare && !(allowsGaps && reader.IsMissing(c))) return false;
            }
        return true;
    }

    /// <summary>What the columns are called: by the header, or "column 1", ….</summary>
    public static string[] NamesOf(ITableReader reader) =>
        [.. Enumerable.Range(0, reader.Columns).Select(c => reader.Names?[c] is { Length: > 0 } name ? name : $"column {c + 1}")];

    /// <summary>The place of a column of labels, by name or by number.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static int LabelColumn(ITableReader reader, string[] names, string wanted)
    {
        if (Array.IndexOf(names, wanted) is >= 0 and int named) return named;
        bool isNumber = int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index);
        int place = index < 0 ? names.Length + index : index;
        return isNumber && place >= 0 && place < names.Length ? place : throw NoColumn(reader, names, wanted);
    }

    static ColumnType? Stated(string name, TableOptions options) =>
        options.Ignore.Contains(name) || (options.Columns is { } wanted && !wanted.Contains(name)) ? ColumnType.Ignored
        : options.Types.TryGetValue(name, out ColumnType type) ? type : null;

    static BadInputException NoColumn(ITableReader reader, string[] names, string asked) =>
        new($"{reader.Name}: has no column {Quoted.Text(asked)}: expected one of "
            + $"{Quoted.List(names)}"
            + DidYouMean.Question(asked, names));
}
