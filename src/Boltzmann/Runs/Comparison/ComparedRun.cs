namespace Boltzmann.Runs;

/// <summary>A run as it is compared: what it was asked for, and what came of it.</summary>
public sealed class ComparedRun
{
    const string SeedName = "seed";

    ComparedRun(string path, RunFolder folder)
    {
        Path = path;
        Folder = folder;
        Metrics = RunMetrics.Read(folder);
    }

    /// <summary>The folder, as it was named.</summary>
    public string Path { get; }

    /// <summary>The folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>What tables and legends call it: the last part of its path, more of it where others have the same.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>What it makes: "rbm".</summary>
    public string Model => Folder.Settings.Text("model") ?? "";

    /// <summary>Its seed; empty where the settings have none.</summary>
    public string Seed => Folder.Settings[SeedName]?.ToString() ?? "";

    /// <summary>Whether it came to its end.</summary>
    public bool IsFinished => Folder.Settings.Finished;

    /// <summary>What was measured.</summary>
    public RunMetrics Metrics { get; }

    /// <summary>Opens a run to compare it.</summary>
    /// <exception cref="BadInputException">The folder is not that of a run, or is damaged.</exception>
    internal static ComparedRun Open(string path) => new(path, RunFolder.Open(path));

    /// <summary>Names of settings whose values differ from another run's, the seed left out.</summary>
    internal IEnumerable<string> Differences(ComparedRun other) =>
        Folder.Settings.Differences(other.Folder.Settings).Where(name => name != SeedName);

    /// <summary>A setting as text, values of a list with blanks between them; empty where it is not set.</summary>
    public string Setting(string name) => Folder.Settings[name] switch
    {
        null => "",
        System.Text.Json.Nodes.JsonArray { Count: > 0 } pairs when pairs[0] is System.Text.Json.Nodes.JsonArray => $"{pairs.Count} pairs",
        System.Text.Json.Nodes.JsonArray list => string.Join(' ', list.Select(value => value?.ToString())),
        var value => value.ToString(),
    };
}
