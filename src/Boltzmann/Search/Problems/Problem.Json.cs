using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boltzmann.Searching;

/// <content>Problem files.</content>
public sealed partial class Problem
{
    /// <summary>
    /// Writes the problem as JSON: hypotheses, objective, constraints with names and weights, what is required. Not what is clamped.
    /// </summary>
    /// <param name="path">A file; one that is there is replaced.</param>
    public void Save(string path)
    {
        using FileStream stream = File.Create(path);
        Save(stream);
    }

    /// <summary>Writes the problem as JSON in UTF-8.</summary>
    public void Save(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        new ProblemWriter(this, json).Write();
    }

    /// <summary>Reads what <see cref="Save(string)"/> wrote, or what a person wrote like that.</summary>
    /// <param name="path">A file of JSON.</param>
    /// <exception cref="BadInputException">It is not a problem: the message says where, and what was expected.</exception>
    public static Problem Load(string path) => ProblemReader.Read(File.ReadAllBytes(path), path);

    /// <summary>Reads a problem from JSON in UTF-8.</summary>
    /// <param name="stream">Read to its end.</param>
    /// <param name="source">What it is, to begin an error message with.</param>
    /// <exception cref="BadInputException">It is not a problem.</exception>
    public static Problem Load(Stream stream, string source = "the problem")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return ProblemReader.Read(copy.ToArray(), source);
    }

    internal IReadOnlyDictionary<int, bool> Required => required;

    internal bool? Sense => isMaximised;

    internal bool IsSpin(int variable) => spins.ContainsKey(names[variable]);
}
