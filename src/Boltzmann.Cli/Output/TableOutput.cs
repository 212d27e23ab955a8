using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Boltzmann.Cli;

/// <summary>Tables in their own words: to a file, or standard output as CSV or JSON.</summary>
static class TableOutput
{
    /// <summary>Writes a table, and with --json the document about it.</summary>
    /// <param name="session">The streams.</param>
    /// <param name="model">The kind of model whose answer it is.</param>
    /// <param name="path">A file ending in .csv; null for standard output.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="rows">A field for each column.</param>
    /// <param name="more">Further entries of the document.</param>
    public static void Write(Session session, string model, string? path, IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows, Action<Utf8JsonWriter>? more = null)
    {
        if (path is not null)
        {
            using var text = new StringWriter { NewLine = "\n" };
            RowsFile.WriteFields(text, columns, rows);
            AtomicFile.WriteText(path, text.ToString());
        }
        else if (!session.Json) RowsFile.WriteFields(session.Output, columns, rows);
        if (!session.Json)
        {
            if (path is not null) session.Say($"{rows.Count:N0} rows × {columns.Count} written to {path}");
            return;
        }
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteStartArray("shape");
            json.WriteNumberValue(rows.Count);
            json.WriteNumberValue(columns.Count);
            json.WriteEndArray();
            if (path is not null) json.WriteString("path", path);
            else WriteRows(json, columns, rows);
            more?.Invoke(json);
            json.WriteEndObject();
        });
    }

    /// <summary>A number of an answer, to six digits.</summary>
    public static string Number(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    static void WriteRows(Utf8JsonWriter json, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        json.WriteStartArray("columns");
        foreach (string name in columns) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (IReadOnlyList<string> row in rows)
        {
            json.WriteStartArray();
            foreach (string field in row)
                if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x))
                    json.WriteNumberValue(x);
                else if (field.Length == 0) json.WriteNullValue();
                else json.WriteStringValue(field);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
