using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>What a model file says of its model, beside the tensors: the JSON text under the metadata key "boltzmann".</summary>
/// <param name="Model">The name of a <see cref="ModelKind"/>: "rbm".</param>
/// <param name="Layers">From 0, the visible layer, upward.</param>
/// <param name="Training">How it was trained, free in form; null if not told.</param>
/// <param name="Classes">The classes that the model tells apart, in the order of their numbers; null if it tells none or they have no names.</param>
public sealed record ModelDescription(string Model, IReadOnlyList<LayerDescription> Layers, JsonObject? Training = null, IReadOnlyList<string>? Classes = null)
{
    /// <summary>The metadata key.</summary>
    public const string Key = "boltzmann";

    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Format = 1;

    /// <summary>Describes a model of layers.</summary>
    internal static ModelDescription Of(ModelKind kind, IEnumerable<Layer> layers) => new(kind.Name, [.. layers.Select(LayerDescription.Of)]);

    /// <summary>The kind of model.</summary>
    internal ModelKind Kind => ModelKind.Find(Model) ?? throw new InvalidOperationException($"there is no kind of model '{Model}'");

    /// <summary>The JSON text for the metadata.</summary>
    public string ToJson()
    {
        var layers = new JsonArray();
        foreach (LayerDescription layer in Layers)
        {
            var json = new JsonObject { ["units"] = layer.Units, ["size"] = layer.Size };
            if (layer.Categories is int categories) json["categories"] = categories;
            if (layer.Draws is int draws) json["draws"] = draws;
            if (layer.Normalized) json["normalized"] = true;
            layers.Add((JsonNode)json);
        }
        var root = new JsonObject { ["format"] = Format, ["model"] = Model, ["layers"] = layers };
        if (Classes is not null) root["classes"] = new JsonArray([.. Classes.Select(name => (JsonNode?)name)]);
        if (Training is not null) root["training"] = Training.DeepClone();
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) root.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads a description from its JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">For error messages.</param>
    /// <exception cref="BadInputException">Not JSON, an unknown format number, or something missing or of the wrong kind.</exception>
    public static ModelDescription Parse(string json, string file)
    {
        using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetBytes(json), $"{file}: the metadata '{Key}'");
        return new Reader(file).Model(document.RootElement);
    }

    /// <summary>The description of a file without the metadata key: a Bernoulli machine of the sizes its biases have.</summary>
    /// <exception cref="BadInputException">The file has no tensors of a model.</exception>
    internal static ModelDescription Infer(SafetensorsFile file)
    {
        if (!file.Contains("layers.0.bias") || !file.Contains("layers.1.bias") || file.Contains("layers.2.bias"))
            throw new BadInputException($"{file.Path}: has no metadata '{Key}', and not the tensors layers.0.bias, layers.1.bias and weights.0-1 of an RBM alone");
        return new(ModelKind.Rbm.Name, [Bernoulli(file, 0), Bernoulli(file, 1)]);
    }

    static LayerDescription Bernoulli(SafetensorsFile file, int layer)
    {
        StoredTensor bias = file[$"layers.{layer}.bias"];
        return bias.Shape is [>= 1 and <= int.MaxValue]
            ? new(BernoulliLayer.Name, (int)bias.Shape[0])
            : throw new BadInputException($"{file.Path}: {bias} should be one bias per unit");
    }

    readonly struct Reader(string file)
    {
        public ModelDescription Model(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object) throw Bad("is not an object");
            int format = Integer(root, "format", "") ?? throw Bad("has no format number");
            if (format != Format) throw Bad($"has format {format}; this version reads format {Format}");
            string model = Text(root, "model", "");
            ModelKind kind = ModelKind.Find(model) ?? throw Bad($"has model {Quoted.Text(model)}; expected one of {string.Join(", ", ModelKind.All.Select(k => k.Name))}");
            if (!root.TryGetProperty("layers", out JsonElement layers) || layers.ValueKind != JsonValueKind.Array) throw Bad("has no array of layers");
            if (kind.Fault(layers.GetArrayLength()) is string fault) throw Bad(fault);
            var read = new List<LayerDescription>();
            foreach (JsonElement json in layers.EnumerateArray()) read.Add(Layer(json, read.Count));
            return new(model, read, Training(root), Classes(root, kind.HasClassLayer ? read[^1].Size : null));
        }

        LayerDescription Layer(JsonElement json, int index)
        {
            string where = $"layer {index} ";
            if (json.ValueKind != JsonValueKind.Object) throw Bad($"{where}is not an object");
            var layer = new LayerDescription(
                Text(json, "units", where), Integer(json, "size", where) ?? throw Bad($"{where}has no size"),
                Integer(json, "categories", where), Integer(json, "draws", where), Flag(json, "normalized", where));
            return layer.Fault() is string fault ? throw Bad(where + fault) : layer;
        }

        JsonObject? Training(JsonElement root) =>
            !root.TryGetProperty("training", out JsonElement training) ? null
            : training.ValueKind == JsonValueKind.Object ? JsonObject.Create(training.Clone())
            : throw Bad("has a training entry that is not an object");

        string[]? Classes(JsonElement root, int? count)
        {
            if (!root.TryGetProperty("classes", out JsonElement classes)) return null;
            if (classes.ValueKind != JsonValueKind.Array || classes.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String)) throw Bad("has classes that are not an array of names");
            string[] names = [.. classes.EnumerateArray().Select(name => name.GetString()!)];
            if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Bad($"has the class {Quoted.Text(twice.Key)} {twice.Count()} times");
            return count is null || names.Length == count ? names : throw Bad($"has {names.Length} classes, but {count} units for them");
        }

        int? Integer(JsonElement json, string name, string where) =>
            !json.TryGetProperty(name, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
            : throw Bad($"{where}has a {name} that is not a whole number");

        bool Flag(JsonElement json, string name, string where) =>
            json.TryGetProperty(name, out JsonElement value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Bad($"{where}has a {name} that is neither true nor false"));

        string Text(JsonElement json, string name, string where) =>
            json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad($"{where}has no {name}");

        BadInputException Bad(string message) => new($"{file}: the metadata '{Key}' {message}");
    }
}
