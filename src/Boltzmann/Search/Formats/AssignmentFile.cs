using System.Globalization;
using System.Text;
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
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                var text = new StringBuilder("name,value\n");
                for (int i = 0; i < result.Assignment.Count; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{problem.NameOf(i)},{result.Assignment[i]}\n");
                AtomicFile.WriteText(path, text.ToString());
                break;
            case ".json":
                using (var buffer = new MemoryStream())
                {
                    using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
                    {
                        json.WriteStartObject();
                        for (int i = 0; i < result.Assignment.Count; i++) json.WriteNumber(problem.NameOf(i), result.Assignment[i]);
                        json.WriteEndObject();
                    }
                    AtomicFile.WriteBytes(path, buffer.ToArray());
                }
                break;
            case ".npy":
                Matrix row = Matrix.Row([.. result.Assignment.Select(value => (double)value)]);
                NpyWriter.Write(path, 1, row.Columns, row.Precision, [row]);
                break;
            case ".sol":
                AtomicFile.WriteText(path, SolutionText.Of(problem, result));
                break;
            default:
                throw new BadInputException($"--out {path}: expected a name that ends in .csv, .json, .npy or .sol");
        }
    }
}
