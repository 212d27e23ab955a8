namespace Boltzmann.Reporting;

/// <summary>What the columns of a table hold, for people: before a training, and when data are shown.</summary>
public static class SchemaTable
{
    const int MostRows = 40, MostWords = 6, LongestWord = 16;

    /// <summary>A row for each column; of wide tables the first ones and a summary of the rest.</summary>
    /// <param name="schema">What they hold.</param>
    public static TextTable Of(TableSchema schema)
    {
        if (schema.Alphabet is Alphabet alphabet) return OfAlignment(schema, alphabet);
        var table = new TextTable("column", "holds", "units", "values", "missing");
        foreach (TableColumn column in schema.Columns.Take(MostRows))
            table.Add(column.Name, column.Type == ColumnType.Ignored ? "left out" : TableSchema.WordFor(column.Type),
                column.Units == 0 ? "" : $"{column.Units}", ValuesOf(column), column.Missing == 0 ? "" : $"{column.Missing:N0}");
        if (schema.Columns.Count <= MostRows) return table;
        TableColumn[] rest = [.. schema.Columns.Skip(MostRows)];
        return table.Add($"… {rest.Length:N0} more", string.Join(", ", rest.GroupBy(column => column.Type).OrderBy(g => g.Key)
            .Select(g => $"{g.Count():N0} {(g.Key == ColumnType.Ignored ? "left out" : TableSchema.WordFor(g.Key))}")),
            $"{rest.Sum(column => column.Units):N0}", "", $"{rest.Sum(column => column.Missing):N0}");
    }

    static TextTable OfAlignment(TableSchema schema, Alphabet alphabet)
    {
        int left = schema.Columns.Count - schema.Modelled.Count;
        return new TextTable("sites", "letters", "units", "").Add($"{schema.Modelled.Count:N0}",
            alphabet.Name == alphabet.Letters ? alphabet.Letters : $"{alphabet.Letters} ({alphabet.Name})", $"{schema.UnitNames.Count:N0}",
            left == 0 ? "" : $"{left:N0} more left out");
    }

    static string ValuesOf(TableColumn column)
    {
        if (column.Reason is string reason) return reason;
        if (column.IsNumber) return $"{NumberText.Short(column.Minimum)} to {NumberText.Short(column.Maximum)}";
        string words = string.Join(", ", column.Categories.Take(MostWords).Select(word =>
            word.Length > LongestWord ? $"{word[..LongestWord]}…" : word));
        return column.Categories.Count > MostWords ? $"{words}, …" : words;
    }
}
