using System.Globalization;
using System.Text;

namespace Boltzmann.Persistence;

/// <summary>Rows of numbers as a file of their own: NPY or CSV by its ending, whole or not at all.</summary>
public static class RowsFile
{
    /// <summary>Throws unless a file of that name could be written: asked before work whose result it is to hold.</summary>
    /// <param name="option">What named the file, in messages: "--out".</param>
    /// <param name="path">The file.</param>
    /// <param name="endings">What it may end in: ".npy".</param>
    /// <exception cref="BadInputException">Another ending, or no such folder.</exception>
    public static void Check(string option, string path, params string[] endings)
    {
        if (!endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new BadInputException($"{option} {path}: expected a file ending in {string.Join(" or ", endings)}");
        if (Directory.Exists(path)) throw new BadInputException($"{option} {path}: is a folder; expected a file to write");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new BadInputException($"{option} {path}: cannot be written, its folder does not exist");
    }

    /// <summary>Writes batches of rows.</summary>
    /// <param name="path">Replaced if it is there.</param>
    /// <param name="rows">Rows of all batches together.</param>
    /// <param name="columns">The names of the columns, for CSV.</param>
    /// <param name="precision">Width of the numbers.</param>
    /// <param name="batches">Each may be the same matrix filled anew.</param>
    public static void Write(string path, long rows, IReadOnlyList<string> columns, Precision precision, IEnumerable<Matrix> batches) =>
        AtomicFile.Write(path, stream =>
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            NpyWriter.Write(stream, rows, columns.Count, precision, batches);
        else
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            WriteCsv(text, columns, batches);
        }
    });

    /// <summary>Writes batches of rows as CSV with a header, in as many digits as bring each number back.</summary>
    /// <param name="text">Written to.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="batches">Each may be the same matrix filled anew.</param>
    public static void WriteCsv(TextWriter text, IReadOnlyList<string> columns, IEnumerable<Matrix> batches)
    {
        text.WriteLine(string.Join(',', columns.Select(Cell)));
        var row = new double[columns.Count];
        foreach (Matrix batch in batches)
            for (int r = 0; r < batch.Rows; r++)
            {
                batch.ReadRow(r, row);
                text.WriteLine(string.Join(',', row.Select(x => Number(x, batch.Precision))));
            }
    }

    /// <summary>Writes fields as CSV with a header, quoted where they must be.</summary>
    /// <param name="text">Written to.</param>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">A field for each column.</param>
    public static void WriteFields(TextWriter text, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.WriteLine(string.Join(',', columns.Select(Cell)));
        // A line of one empty field is quoted, or it would be no row.
        foreach (IReadOnlyList<string> row in rows)
            text.WriteLine(row.Count == 1 && row[0].Length == 0 ? "\"\"" : string.Join(',', row.Select(Cell)));
    }

    static string Number(double x, Precision precision) => precision == Precision.Float32
        ? ((float)x).ToString("R", CultureInfo.InvariantCulture)
        : x.ToString("R", CultureInfo.InvariantCulture);

    static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n;") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
}
