using System.Text.Json.Nodes;

namespace Boltzmann.Cli.Commands;

/// <summary>What `data show` tells of a table that is more than numbers from 0 to 1: what its columns hold, and its first rows.</summary>
/// <param name="Name">The file.</param>
/// <param name="Look">What one pass over it shows.</param>
/// <param name="Head">The first rows, as they stand.</param>
/// <param name="Form">How it is written, in words.</param>
/// <param name="Dialect">How it is written, if it is text in cells.</param>
sealed record TableShow(string Name, TableLook Look, TextTable Head, string Form, TextDialect? Dialect)
{
    const int HeadRows = 5, HeadColumns = 12, LongestField = 20;

    /// <summary>Looks at a table; null for other data, and for tables whose columns are all shares.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static TableShow? Of(Session session, string name, DataOptions options)
    {
        var asked = new TableOptions { LabelColumn = options.Csv.LabelColumn, IgnoresUnusable = true };
        // Ends at the first field that is no share: within the first rows of most tables that are not all shares.
        using (ITableReader? shares = session.Data.OpenTable(name, options))
        {
            if (shares is null || TableDetector.AreShares(shares, asked)) return null;
        }
        using ITableReader table = session.Data.OpenTable(name, options)!;
        string[] names = TableDetector.NamesOf(table);
        TableLook look = TableDetector.Look(table, asked, HeadRows);
        int shown = Math.Min(HeadColumns, names.Length);
        string[] more = shown < names.Length ? ["…"] : [];
        var head = new TextTable([.. names.Take(shown), .. more]);
        foreach (IReadOnlyList<string> row in look.Head) head.Add([.. row.Take(shown).Select(Short), .. more]);
        return new(Path.GetFileName(name), look, head, table.Form,
            DataSource.Dialect(name, options with { TableFormats = TableFormats.All }));
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
                json.WriteNumber("rows", Look.Rows);
                json.WriteNumber("columns", Look.Schema.Columns.Count);
                json.WriteString("form", Form);
                json.WriteDialect(Dialect);
                json.WritePropertyName("table");
                Look.Schema.ToJson().WriteTo(json);
                json.WriteEndObject();
            });
            return;
        }
        session.Output.WriteLine($"{Name}: {Look.Rows:N0} rows × {Look.Schema.Columns.Count} columns, "
            + $"{Look.Schema.UnitNames.Count} visible units");
        session.Output.WriteLine(Form);
        session.Output.WriteLine();
        session.Output.Write(SchemaTable.Of(Look.Schema).ToText());
        session.Output.WriteLine();
        session.Output.Write(Head.ToText());
    }

    static string Short(string field) => field.Length > LongestField ? $"{field[..LongestField]}…" : field;
}
