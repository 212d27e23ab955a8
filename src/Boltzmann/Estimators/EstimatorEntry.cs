using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// What a model file keeps of an estimator beside its model: the preprocessing (<see cref="DataDescription"/>), and the settings under
/// "estimator".
/// </summary>
static class EstimatorEntry
{
    const string Key = "estimator";

    /// <summary>The training entry of the file.</summary>
    public static JsonObject Write(DbnSettings settings, DataDescription data)
    {
        var training = new JsonObject { [Key] = JsonSerializer.SerializeToNode(settings, EstimatorJson.Default.DbnSettings) };
        data.AddTo(training);
        return training;
    }

    /// <summary>Reads it back; the default settings from a file of other origin.</summary>
    /// <exception cref="BadInputException">An entry is not of the form that was written.</exception>
    public static (DbnSettings Settings, DataDescription Data) Read(ModelDescription description, string path)
    {
        DataDescription data = DataDescription.Read(description, path);
        if (description.Training?[Key] is not JsonNode json) return (new(), data);
        try
        {
            DbnSettings settings = Complete(json).Deserialize(EstimatorJson.Default.DbnSettings) ?? new();
            settings.Validate();
            return (settings, data);
        }
        catch (Exception e) when (e is JsonException or BadInputException)
        {
            throw new BadInputException($"{path}: the metadata '{ModelDescription.Key}' has, under training, {Key} settings that cannot be "
                + $"used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
    // Compiled readers give an entry that is absent the zero of its type, not the property's default; so the defaults are written first.
    static JsonNode Complete(JsonNode json)
    {
        if (json is not JsonObject given) return json;
        var all = (JsonObject)JsonSerializer.SerializeToNode(new DbnSettings(), EstimatorJson.Default.DbnSettings)!;
        foreach (var (name, value) in given) all[name] = value?.DeepClone();
        return all;
    }
}
