using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Commands;

/// <summary>What `data show` tells of a table that is more than numbers from 0 to 1: what its columns hold, and its first rows.</summary>
/// <param name="Name">The file.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Schema">What the columns hold.</param>
/// <param name="Head">The first rows, as they stand.</param>
/// <param name="Dialect">How the text is written.</param>
sealed record TableShow(string Name, int Rows, TableSchema Schema, TextTable Head, TextDialect? Dialect)
{
    const int HeadRows = 5, HeadColumns = 12, LongestField = 20;

    /// <summary>Looks at a table; null for other data, and for tables whose columns are all shares.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static TableShow? Of(Session session, string name, DataOptions options)
    {
        using (ITableReader? shares = session.Data.OpenTable(name, options))
        {
            if (shares is null || TableDetector.AreShares(shares, new() { LabelColumn = options.Csv.LabelColumn })) return null;
        }
        TableSchema schema;
        using (ITableReader reader = session.Data.OpenTable(name, options)!)
            schema = TableDetector.Detect(reader, new() { LabelColumn = options.Csv.LabelColumn });
        using ITableReader table = session.Data.OpenTable(name, options)!;
        string[] names = TableDetector.NamesOf(table);
        int shown = Math.Min(HeadColumns, names.Length), rows = 0;
        var head = new TextTable([.. names.Take(shown), .. shown < names.Length ? ["…"] : (string[])[]]);
        for (; table.Read(); rows++)
            if (rows < HeadRows)
                head.Add([.. Enumerable.Range(0, shown).Select(c => Short(table.Text(c))), .. shown < names.Length ? ["…"] : (string[])[]]);
        return new(Path.GetFileName(name), rows, schema, head, DataSource.Dialect(name, options));
    }

    /// <summary>Writes it for people or, with --json, for programs.</summary>
    public void Write(Session session)
    {
        if (session.Json)
        {
            session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("name", Name);
                json.WriteNumber("rows", Rows);
                json.WriteNumber("columns", Schema.Columns.Count);
                json.WriteDialect(Dialect);
                json.WritePropertyName("table");
                Schema.ToJson().WriteTo(json);
                json.WriteEndObject();
            });
            return;
        }
        session.Output.WriteLine($"{Name}: {Rows:N0} rows × {Schema.Columns.Count} columns, {Schema.UnitNames.Count} visible units");
        if (Dialect is not null) session.Output.WriteLine($"table of text: {Dialect}");
        session.Output.WriteLine();
        session.Output.Write(SchemaTable.Of(Schema).ToText());
        session.Output.WriteLine();
        session.Output.Write(Head.ToText());
    }

    static string Short(string field) => field.Length > LongestField ? $"{field[..LongestField]}…" : field;
}
