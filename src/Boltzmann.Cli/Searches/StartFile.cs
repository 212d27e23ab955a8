using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>States to begin with, from files as --out writes them.</summary>
static class StartFile
{
    /// <summary>Names and values of a .csv or .json; null of a .npy or .sol, which have numbers.</summary>
    /// <exception cref="BadInputException">Another ending, or the file is wrong.</exception>
    public static IReadOnlyList<KeyValuePair<string, int>>? Values(string path)
    {
        RowsFile.Check("--start", path, ".csv", ".json", ".npy", ".sol");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => AssignmentReader.ReadCsv(path),
            ".json" => AssignmentReader.ReadJson(path),
            _ => null,
        };
    }
}
