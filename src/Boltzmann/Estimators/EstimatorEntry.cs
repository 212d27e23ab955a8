using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Boltzmann;

/// <summary>
/// What a model file keeps of an estimator beside its model: the preprocessing (<see cref="DataDescription"/>), and the settings under
/// "estimator".
/// </summary>
static class EstimatorEntry
{
    const string Key = "estimator";

    /// <summary>The training entry of the file.</summary>
    public static JsonObject Write(DbnSettings settings, DataDescription data) =>
        Write(JsonSerializer.SerializeToNode(settings, EstimatorJson.Default.DbnSettings), data);

    /// <summary>The training entry of the file, for settings of any kind.</summary>
    public static JsonObject Write(JsonNode? settings, DataDescription data)
    {
        var training = new JsonObject { [Key] = settings };
        data.AddTo(training);
        return training;
    }

    /// <summary>Reads it back; the default settings from a file of other origin.</summary>
    /// <exception cref="BadInputException">An entry is not of the form that was written.</exception>
    public static (DbnSettings Settings, DataDescription Data) Read(ModelDescription description, string path) =>
        Read(description, path, EstimatorJson.Default.DbnSettings, new DbnSettings(), settings => settings.Validate());

    /// <summary>The same for settings of any kind.</summary>
    /// <exception cref="BadInputException">An entry is not of the form that was written.</exception>
    public static (TSettings Settings, DataDescription Data) Read<TSettings>(ModelDescription description, string path,
        JsonTypeInfo<TSettings> type, TSettings defaults, Action<TSettings> validate)
    {
        DataDescription data = DataDescription.Read(description, path);
        if (description.Training?[Key] is not JsonNode json) return (defaults, data);
        try
        {
            TSettings settings = Complete(json, JsonSerializer.SerializeToNode(defaults, type)!).Deserialize(type) ?? defaults;
            validate(settings);
            return (settings, data);
        }
        catch (Exception e) when (e is JsonException or BadInputException)
        {
            throw new BadInputException($"{path}: the metadata '{ModelDescription.Key}' has, under training, {Key} settings that cannot be "
                + $"used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    // Compiled readers give an entry that is absent the zero of its type, not the property's default; so the defaults are written first.
    static JsonNode Complete(JsonNode json, JsonNode all)
    {
        if (json is not JsonObject given) return json;
        foreach (var (name, value) in given) all[name] = value?.DeepClone();
        return all;
    }
}
