using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Persistence;

/// <summary>
/// What a run was asked to do: option names and their JSON values, in order, as kept in settings.json. Two runs are the same when the
/// values are: the order of names and the spelling of a number (1, 1.0) do not matter.
/// </summary>
public sealed class RunSettings
{
    /// <summary>The version of settings.json that this library writes; files of 0.1.0 have none and mean the same.</summary>
    public const int CurrentVersion = 1;

    const string FinishedKey = "finished", VersionKey = "version", UnitsKey = "units";

    readonly JsonObject values;

    /// <summary>No settings yet.</summary>
    public RunSettings() : this("settings", []) { }

    RunSettings(string source, JsonObject values)
    {
        Source = source;
        this.values = values;
    }

    /// <summary>Whether the run has come to its end. Not a setting: it does not take part in comparisons.</summary>
    public bool Finished { get; set; }

    /// <summary>
    /// The version of what the names mean; 0 for files that do not tell, which is 0.1.0. Not a setting: it does not take part in
    /// comparisons.
    /// </summary>
    public int Version { get; init; }

    /// <summary>
    /// The units of the columns of metrics.csv, by column: "nats", "seconds". Not settings: they do not take part in comparisons.
    /// </summary>
    public IReadOnlyDictionary<string, string> Units { get; set; } = new Dictionary<string, string>();

    /// <summary>Where they were read, for messages.</summary>
    internal string Source { get; }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => [.. values.Select(v => v.Key)];

    /// <summary>A value; null if it is not set. Text, numbers, truth values and <see cref="JsonArray"/>s convert by themselves.</summary>
    /// <exception cref="ArgumentException">The name "finished", "version" or "units" is set; see <see cref="Finished"/>,
    /// <see cref="Version"/> and <see cref="Units"/>.</exception>
    public JsonNode? this[string name]
    {
        get => values[name];
        set
        {
            if (name is FinishedKey or VersionKey or UnitsKey) throw new ArgumentException($"{name} is not a setting", nameof(name));
            // By way of text, so that a value set now and the same value read from a file are alike.
            values[name] = value is null ? null : JsonNode.Parse(value.ToJsonString());
        }
    }

    /// <summary>A setting that is text; null if it is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public string? Text(string name) => Get<string>(name, JsonValueKind.String, "text");

    /// <summary>A setting that is one number; null if it is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public double? Number(string name) => values[name] is null ? null : Get<double>(name, JsonValueKind.Number, "a number");

    /// <summary>A setting that is a whole number; null if it is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public long? Integer(string name) => values[name] is null ? null : Get<long>(name, JsonValueKind.Number, "a whole number");

    /// <summary>A setting that is true or false; null if it is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public bool? Flag(string name) => values[name] switch
    {
        null => null,
        JsonNode node when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => node.GetValue<bool>(),
        _ => throw Bad(name, "true or false"),
    };

    /// <summary>A setting of one number or several, such as a schedule; null if it is not set.</summary>
    /// <exception cref="BadInputException">It is something else.</exception>
    public double[]? Numbers(string name)
    {
        if (values[name] is not JsonArray array) return Number(name) is double one ? [one] : null;
        if (array.Any(v => v?.GetValueKind() != JsonValueKind.Number)) throw Bad(name, "numbers");
        return [.. array.Select(v => v!.GetValue<double>())];
    }

    /// <summary>
    /// Names whose values differ from those of other settings, or that only one of the two has. Empty means the same run.
    /// </summary>
    public IReadOnlyList<string> Differences(RunSettings other) =>
        [.. Names.Union(other.Names).Where(name => !JsonNode.DeepEquals(values[name], other.values[name]))];

    /// <summary>The settings as one JSON object, e.g. to keep with a model.</summary>
    public JsonObject ToJson() => (JsonObject)values.DeepClone();

    /// <summary>Reads settings.json.</summary>
    /// <exception cref="BadInputException">The file is missing or not one JSON object with Unicode text and each name once.</exception>
    public static RunSettings Read(string path)
    {
        using JsonDocument document = StrictJson.Parse(Bytes(path), $"{path}:");
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new BadInputException($"{path}: is not a JSON object");
        JsonObject values = JsonObject.Create(document.RootElement.Clone())!;
        int version = VersionIn(values, path);
        values.Remove(VersionKey);
        IReadOnlyDictionary<string, string> units = UnitsIn(values, path);
        values.Remove(UnitsKey);
        var settings = new RunSettings(path, values) { Version = version, Units = units };
        settings.Finished = settings.values.ContainsKey(FinishedKey) && settings.Flag(FinishedKey) == true;
        settings.values.Remove(FinishedKey);
        return settings;
    }

    /// <summary>Writes settings.json whole or not at all.</summary>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Write(string path)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes,
            new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (Version > 0) json.WriteNumber(VersionKey, Version);
            foreach (var (name, value) in values)
            {
                json.WritePropertyName(name);
                if (value is null) json.WriteNullValue();
                else value.WriteTo(json);
            }
            WriteUnits(json);
            if (Finished) json.WriteBoolean(FinishedKey, true);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        AtomicFile.WriteBytes(path, bytes.WrittenMemory);
    }

    void WriteUnits(Utf8JsonWriter json)
    {
        if (Units.Count == 0) return;
        json.WriteStartObject(UnitsKey);
        foreach (var (column, unit) in Units) json.WriteString(column, unit);
        json.WriteEndObject();
    }

    static Dictionary<string, string> UnitsIn(JsonObject values, string path)
    {
        var units = new Dictionary<string, string>();
        if (values[UnitsKey] is not JsonNode node) return units;
        BadInputException bad = new($"{path}: {UnitsKey} is {Quoted.Text(node.ToJsonString())}; expected an object of texts");
        if (node is not JsonObject found) throw bad;
        foreach (var (column, unit) in found)
            units[column] = unit is JsonValue value && value.TryGetValue(out string? text) ? text : throw bad;
        return units;
    }

    static int VersionIn(JsonObject values, string path)
    {
        if (values[VersionKey] is not JsonNode node) return 0;
        int version = node is JsonValue value && value.TryGetValue(out int number) ? number : 0;
        return version is > 0 and <= CurrentVersion ? version
            : throw new BadInputException($"{path}: {VersionKey} is {Quoted.Text(node.ToJsonString())}; expected {CurrentVersion} or none: "
            + "a newer program has written these settings");
    }

    static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path}: no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BadInputException($"{path}: cannot be read, permission denied", e);
        }
    }

    T? Get<T>(string name, JsonValueKind kind, string expected)
    {
        if (values[name] is not JsonNode node) return default;
        return node.GetValueKind() == kind && node.AsValue().TryGetValue(out T? value) ? value : throw Bad(name, expected);
    }

    BadInputException Bad(string name, string expected) =>
        new($"{Source}: {name} is {Quoted.Text(values[name]!.ToJsonString())}; expected {expected}");
}
