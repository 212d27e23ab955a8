using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Boltzmann.Data;
using Boltzmann.Persistence;

namespace Boltzmann.Searching;

/// <summary>The best state as a file: name,value lines, a JSON object of names, an array of bytes, or DIMACS literals.</summary>
public static class AssignmentFile
{
    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="path">Ends in .csv, .json, .npy or .sol.</param>
    /// <param name="problem">Names the variables.</param>
    /// <param name="result">Has the state.</param>
    /// <exception cref="BadInputException">Another ending, or the file cannot be written.</exception>
    public static void Write(string path, SearchProblem problem, SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(result);
        if (Path.GetExtension(path).Equals(".sol", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteText(path, SolutionText.Of(problem, result));
            return;
        }
        Write(path, [.. result.Assignment.Select((value, i) => KeyValuePair.Create(problem.NameOf(i), (int)value))],
            [.. result.Assignment], ", .npy or .sol");
    }

    /// <summary>Writes a problem's solution by names, integers as their values, spins as −1 or 1; as .npy its hypotheses.</summary>
    /// <param name="path">Ends in .csv, .json or .npy.</param>
    /// <param name="solution">What is written.</param>
    /// <exception cref="BadInputException">Another ending, or the file cannot be written.</exception>
    public static void Write(string path, Solution solution)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(solution);
        Write(path, [.. solution.Values], [.. solution.State], " or .npy");
    }

    static void Write(string path, KeyValuePair<string, int>[] values, byte[] bits, string others)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                var text = new StringBuilder("name,value\n");
                foreach (var (name, value) in values) text.Append(CultureInfo.InvariantCulture, $"{Cell(name)},{value}\n");
                AtomicFile.WriteText(path, text.ToString());
                break;
            case ".json":
                using (var buffer = new MemoryStream())
                {
                    using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
                    {
                        Indented = true,
                        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                    }))
                    {
                        json.WriteStartObject();
                        foreach (var (name, value) in values) json.WriteNumber(name, value);
                        json.WriteEndObject();
                    }
                    AtomicFile.WriteBytes(path, buffer.ToArray());
                }
                break;
            case ".npy":
                Matrix row = Matrix.Row([.. bits.Select(value => (double)value)]);
                NpyWriter.Write(path, 1, row.Columns, row.Precision, [row]);
                break;
            default:
                throw new BadInputException($"--out {path}: expected a name that ends in .csv, .json{others}");
        }
    }

    // Names are any text: what would end a cell is put in quotes.
    static string Cell(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
