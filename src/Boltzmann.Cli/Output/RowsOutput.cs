using System.CommandLine;
using System.Text.Json;

namespace Boltzmann.Cli;

/// <summary>Where the rows that a command makes go: a file, or standard output as CSV or JSON.</summary>
sealed class RowsOutput
{
    public Option<string?> Out { get; } = new("--out")
    {
        Description = "File for the rows, .npy or .csv; without it they go to standard "
        + "output, as CSV or with --json as JSON.",
        HelpName = "FILE"
    };

    /// <summary>Throws unless the file could be written.</summary>
    /// <param name="parsed">Names it.</param>
    /// <param name="more">Endings beside those of rows of numbers.</param>
    public void Check(ParseResult parsed, params IEnumerable<string> more)
    {
        if (parsed.GetValue(Out) is string path) RowsFile.Check("--out", path, [".npy", ".csv", .. more]);
    }

    /// <summary>Whether the file holds numbers alone.</summary>
    public bool IsNumbers(ParseResult parsed) =>
        parsed.GetValue(Out) is string path && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes a model's answer.</summary>
    public void Write(ParseResult parsed, Session session, TrainedModel model, AnsweredRows answer, Action<Utf8JsonWriter>? more = null) =>
        Write(parsed, session, model, answer.Count, answer.ColumnNames, answer.Parts, more);

    /// <summary>Writes rows, and with --json the document about them.</summary>
    /// <param name="parsed">Says where to.</param>
    /// <param name="session">The streams.</param>
    /// <param name="model">Whose rows they are; it computes where the session does.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="columns">The names of their columns.</param>
    /// <param name="batches">The rows, each batch maybe the same matrix filled anew.</param>
    /// <param name="more">Further entries of the document, written after the rows.</param>
    public void Write(ParseResult parsed, Session session, TrainedModel model, int rows, IReadOnlyList<string> columns,
        IEnumerable<Matrix> batches, Action<Utf8JsonWriter>? more = null)
    {
        string? path = parsed.GetValue(Out);
        if (path is not null) RowsFile.Write(path, rows, columns, session.Placement.Precision, batches);
        else if (!session.Json) RowsFile.WriteCsv(session.Output, columns, batches);
        if (!session.Json)
        {
            if (path is not null) session.Say($"{rows:N0} rows × {columns.Count} written to {path}");
            return;
        }
        session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", model.Description.Model);
            json.WriteStartArray("shape");
            json.WriteNumberValue(rows);
            json.WriteNumberValue(columns.Count);
            json.WriteEndArray();
            if (path is not null) json.WriteString("path", path);
            else WriteRows(json, batches);
            more?.Invoke(json);
            json.WriteEndObject();
        });
    }

    /// <summary>
    /// Names a file that was written beside the rows: in the document, or in a line where rows are named; on standard error where standard
    /// output has the rows themselves.
    /// </summary>
    /// <param name="parsed">Says where the rows went.</param>
    /// <param name="session">The streams.</param>
    /// <param name="what">What the file holds: "picture".</param>
    /// <param name="path">The file.</param>
    public void Tell(ParseResult parsed, Session session, string what, string? path)
    {
        if (path is null || session.Json) return;
        if (parsed.GetValue(Out) is not null) session.Say($"{what} written to {path}");
        else if (!session.Quiet) session.Note($"{what} written to {path}");
    }

    static void WriteRows(Utf8JsonWriter json, IEnumerable<Matrix> batches)
    {
        json.WriteStartArray("rows");
        foreach (Matrix batch in batches)
            for (int r = 0; r < batch.Rows; r++)
            {
                json.WriteStartArray();
                foreach (double x in batch.ReadRow(r))
                    if (batch.Precision == Precision.Float32) json.WriteNumberValue((float)x);
                    else json.WriteNumberValue(x);
                json.WriteEndArray();
            }
        json.WriteEndArray();
    }
}
