using System.Text.Json;

namespace Boltzmann.Experiments;

/// <summary>
/// Numbers that an experiment has measured, kept in a file of its runs: an interrupted experiment goes on behind the last one.
/// </summary>
sealed class Measurements
{
    readonly string path;
    readonly Dictionary<string, double[]> known;

    /// <param name="folder">Of the experiment's runs.</param>
    /// <param name="settings">What the numbers depend on, in words: with other settings all are measured anew.</param>
    public Measurements(string folder, string settings)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, "measurements.json");
        Settings = settings;
        StoredMeasurements? stored = File.Exists(path) ? Read() : null;
        known = stored?.Settings == settings ? stored.Numbers : [];
    }

    string Settings { get; }

    StoredMeasurements? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), MeasurementsJson.Default.StoredMeasurements);
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
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new StoredMeasurements(Settings, known),
            MeasurementsJson.Default.StoredMeasurements));
        return numbers;
    }
}
