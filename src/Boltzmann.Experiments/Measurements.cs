using System.Text.Json;

namespace Boltzmann.Experiments;

/// <summary>Numbers that an experiment has measured, kept in a file of its runs: an interrupted experiment goes on behind the last one.</summary>
sealed class Measurements
{
    static readonly JsonSerializerOptions format = new() { WriteIndented = true };

    readonly string path;
    readonly Dictionary<string, double[]> known;

    /// <param name="folder">Of the experiment's runs.</param>
    /// <param name="settings">What the numbers depend on, in words: with other settings all are measured anew.</param>
    public Measurements(string folder, string settings)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, "measurements.json");
        Settings = settings;
        Stored? stored = File.Exists(path) ? Read() : null;
        known = stored?.Settings == settings ? stored.Numbers : [];
    }

    string Settings { get; }

    Stored? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(File.ReadAllText(path));
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path}: is damaged ({e.Message.ReplaceLineEndings(" ")}); remove it to measure anew", e);
        }
    }

    /// <summary>The numbers of a name, measured now if they are not known.</summary>
    public double[] Once(string name, Func<double[]> measure)
    {
        if (known.TryGetValue(name, out double[]? numbers)) return numbers;
        known[name] = numbers = measure();
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Stored(Settings, known), format));
        return numbers;
    }

    sealed record Stored(string Settings, Dictionary<string, double[]> Numbers);
}
