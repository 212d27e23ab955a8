using System.Security.Cryptography;
using System.Text.Json;

namespace Boltzmann.Experiments;

/// <summary>
/// What benchmarks/peers/tables measured of other programs on the same files, in tables-peers.json beside the pages. Numbers of files that
/// have changed since are not taken.
/// </summary>
sealed class TablePeers
{
    /// <summary>The file.</summary>
    public const string File = "tables-peers.json";

    static readonly string[] parts = ["train", "test"];

    readonly JsonElement? root;

    /// <summary>Reads it, where it is.</summary>
    /// <param name="results">The folder of pages.</param>
    /// <exception cref="BadInputException">It is damaged.</exception>
    public TablePeers(string results)
    {
        string path = Path.Combine(results, File);
        if (!System.IO.File.Exists(path)) return;
        try
        {
            root = JsonDocument.Parse(System.IO.File.ReadAllText(path)).RootElement;
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}: is damaged ({e.Message.ReplaceLineEndings(" ")}); benchmarks/peers/tables writes it anew",
                e);
        }
    }

    /// <summary>Whether there are any numbers.</summary>
    public bool IsThere => root is not null;

    /// <summary>Programs and their versions; empty where there are no numbers.</summary>
    public string Versions => root is JsonElement known && known.TryGetProperty("versions", out JsonElement versions)
        ? string.Join(", ", versions.EnumerateObject().Select(one => $"{one.Name} {one.Value.GetString()}")) : "";

    /// <summary>Names of the programs that find odd rows.</summary>
    public IReadOnlyList<string> Detectors => Names("anomalies", "thyroid", "all rows");

    /// <summary>Names of the classifiers.</summary>
    public IReadOnlyList<string> Classifiers => root is JsonElement known && known.TryGetProperty("classification", out JsonElement all)
        && all.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.Object } first
        && first.TryGetProperty("accuracy", out JsonElement names) ? [.. names.EnumerateObject().Select(one => one.Name)] : [];

    /// <summary>An area under the ROC curve; null where it was not measured.</summary>
    public double? Area(string table, string protocol, string detector) => Number("anomalies", table, protocol, detector);

    /// <summary>A share of test rows that were classified rightly; null where it was not measured on these files.</summary>
    /// <param name="folder">The files' folder, which gives the name.</param>
    /// <param name="classifier">One of <see cref="Classifiers"/>.</param>
    public double? Accuracy(string folder, string classifier)
    {
        string name = Path.GetFileName(folder);
        return parts.All(part => Find("classification", name, $"{part} sha256")?.GetString()
            == Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(Path.Combine(folder, $"{part}.csv")))))
            ? Number("classification", name, "accuracy", classifier) : null;
    }

    double? Number(params string[] path) => Find(path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    string[] Names(params string[] path) =>
        Find(path) is { ValueKind: JsonValueKind.Object } found ? [.. found.EnumerateObject().Select(one => one.Name)] : [];

    JsonElement? Find(params string[] path)
    {
        JsonElement? at = root;
        foreach (string name in path)
            at = at is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out JsonElement inner) ? inner : null;
        return at;
    }
}
