using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>What a model file says of its model, beside the tensors: the JSON text under the metadata key "boltzmann".</summary>
/// <param name="Model">The name of a <see cref="ModelKind"/>: "rbm".</param>
/// <param name="Layers">From 0, the visible layer, upward.</param>
/// <param name="Training">How it was trained, free in form; null if not told.</param>
/// <param name="Classes">The classes that the model tells apart, in the order of their numbers; null if it tells none or they have no
/// names.</param>
public sealed record ModelDescription(string Model, IReadOnlyList<LayerDescription> Layers, JsonObject? Training = null,
    IReadOnlyList<string>? Classes = null)
{
    /// <summary>The metadata key.</summary>
    public const string Key = "boltzmann";

    /// <summary>The version of the format that this library writes and reads.</summary>
    public const int Format = 1;

    /// <summary>What is joined and what is visible, of models whose kind does not say it: <see cref="LayeredModel"/>.</summary>
    public LayerGraph? Graph { get; init; }

    /// <summary>The number of edges of a sparse machine; null where all pairs are joined.</summary>
    public int? Edges { get; init; }

    /// <summary>
    /// Networks that take means of a deep Boltzmann machine beside rows: that machine, whose tensors are in the same file under their names
    /// behind "input."; null for none.
    /// </summary>
    public ModelDescription? Input { get; init; }

    /// <summary>Auto-encoders: the layer whose activities are the code; null of other networks.</summary>
    public int? Code { get; init; }

    /// <summary>What machines of sequences remember; null of others.</summary>
    public MemoryDescription? Memory { get; init; }

    /// <summary>What the names of the tensors of <see cref="Input"/> begin with.</summary>
    internal const string InputPrefix = "input.";

    /// <summary>The tensor of the units that edges join, two of each.</summary>
    internal const string EdgesName = "weights.0-0.edges";

    /// <summary>The number of columns of the data's rows: the sizes of all visible layers but the labels, and of context.</summary>
    public int RowColumns => Graph is null || Memory is not null ? Layers[0].Size
        : Graph.Visible.Where(l => l != Graph.Labels).Sum(l => Layers[l].Size) + Layers.Where(l => l.IsContext).Sum(l => l.Size);

    /// <summary>The tensors that a file of it must have.</summary>
    internal IEnumerable<TensorShape> Tensors => Edges is int edges
        ? [.. Kind.Tensors(Layers).Select(t => t.Name == Dense.NameOf(0, 0) ? new(t.Name, [edges]) : t), new(EdgesName, [edges, 2])]
        : [.. Kind.Tensors(Layers), .. Graph?.Tensors(Layers) ?? [], .. Memory?.Tensors(Kind, Layers) ?? [], .. Input?.Tensors.Select(t =>
        t with { Name = InputPrefix + t.Name })
            ?? []];

    /// <summary>Describes a model of layers.</summary>
    internal static ModelDescription Of(ModelKind kind, IEnumerable<Layer> layers) =>
        new(kind.Name, [.. layers.Select(LayerDescription.Of)]);

    /// <summary>The kind of model.</summary>
    internal ModelKind Kind => ModelKind.Find(Model) ?? throw new InvalidOperationException($"there is no kind of model '{Model}'");

    /// <summary>The JSON text for the metadata.</summary>
    public string ToJson()
    {
        var layers = new JsonArray();
        foreach (LayerDescription layer in Layers) layers.Add((JsonNode)layer.ToJson());
        var root = new JsonObject { ["format"] = Format, ["model"] = Model, ["layers"] = layers };
        if (Edges is int edges) root["edges"] = edges;
        if (Code is int code) root["code"] = code;
        if (Graph is not null)
        {
            root["connections"] = new JsonArray([.. Graph.Connections.Select(c => new JsonArray(c.Lower, c.Upper))]);
            root["visible"] = new JsonArray([.. Graph.Visible.Select(l => (JsonNode)l)]);
            if (Graph.Labels is int labels) root["labels"] = labels;
            if (Graph.Edges.Count > 0) root["edges"] = JsonFields.OfEdges(Graph.Edges, layer => $"{layer}");
        }
        Memory?.AddTo(root);
        if (Classes is not null) root["classes"] = new JsonArray([.. Classes.Select(name => (JsonNode?)name)]);
        if (Input is not null) root["input"] = JsonNode.Parse(Input.ToJson());
        if (Training is not null) root["training"] = Training.DeepClone();
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes,
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) root.WriteTo(writer);
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

    sealed class Reader(string file)
    {
        readonly JsonFields fields = new($"{file}: the metadata '{Key}'");

        public ModelDescription Model(JsonElement root)
        {
            fields.RequireObject(root);
            int format = fields.Integer(root, "format") ?? throw fields.Bad("has no format number");
            if (format != Format) throw fields.Bad($"has format {format}; this version reads format {Format}");
            string model = fields.Text(root, "model");
            ModelKind kind = ModelKind.Find(model) ?? throw fields.Bad($"has model {Quoted.Text(model)}; expected one of "
                + string.Join(", ", ModelKind.All.Select(k => k.Name)));
            JsonElement.ArrayEnumerator layers = fields.Items(root, "layers");
            if (kind.Fault(layers.Count()) is string fault) throw fields.Bad(fault);
            var read = new List<LayerDescription>();
            bool takesRows = kind == ModelKind.Rbm || kind == ModelKind.ClassificationRbm || kind == ModelKind.Dbn
                || kind == ModelKind.ClassificationDbn;
            foreach (JsonElement json in layers) read.Add(fields.Layer(json, $"layer {read.Count} ", takesRows && read.Count == 0));
            if (kind != ModelKind.Graph && !kind.HasMemory && read.FindIndex(layer => layer.IsContext) is >= 0 and int given)
                throw fields.Bad($"has {read[given].Units} units at layer {given}; {kind} has none, only a graph of layers");
            MemoryDescription? memory = kind.HasMemory ? MemoryDescription.Read(root, fields, read[0].Size) : null;
            if (memory?.Fault(kind, read) is string wrong) throw fields.Bad(wrong);
            LayerGraph? graph = kind == ModelKind.Graph ? Joined(root, read) : null;
            int? labels = kind.HasClassLayer ? read.Count - 1 : graph?.Labels;
            return new(model, read, Training(root), Classes(root, labels is int layer ? read[layer].Size : null))
            {
                Graph = graph,
                Memory = memory,
                Edges = kind == ModelKind.Bm ? EdgeCount(root, read.Count) : null,
                Input = kind == ModelKind.Network ? Input(root, read[0].Size) : null,
                Code = kind == ModelKind.Network ? Code(root, read) : null,
            };
        }

        int? Code(JsonElement root, List<LayerDescription> layers) => fields.Integer(root, "code") is not int code ? null
            : code < 1 || code > layers.Count - 2
                ? throw fields.Bad($"has its code in layer {code}; expected an inner layer, 1 to {layers.Count - 2}")
            : layers[0].Size != layers[^1].Size
                ? throw fields.Bad($"has a code, {layers[0].Size} inputs and {layers[^1].Size} outputs; expected as many outputs as inputs")
            : code;

        // The first layer of the network sees rows and, beside them, the means of the machine's second hidden layer.
        ModelDescription? Input(JsonElement root, int inputs)
        {
            if (!root.TryGetProperty("input", out JsonElement json)) return null;
            ModelDescription input = Model(json);
            if (input.Kind != ModelKind.Dbm && input.Kind != ModelKind.ClassificationDbm)
                throw fields.Bad($"has {input.Kind} as input; expected a dbm");
            int hidden = input.Layers.Count - (input.Kind == ModelKind.ClassificationDbm ? 2 : 1);
            if (hidden < 2) throw fields.Bad("has a dbm of one hidden layer as input; expected two or more");
            return (long)input.Layers[0].Size + input.Layers[2].Size == inputs ? input
                : throw fields.Bad($"has {inputs} inputs, but a dbm with {input.Layers[0].Size} visible units and {input.Layers[2].Size} "
                + "in its second hidden layer beside them");
        }

        LayerGraph Joined(JsonElement root, IReadOnlyList<LayerDescription> layers)
        {
            var visible = new List<int>();
            foreach (JsonElement json in fields.Items(root, "visible")) visible.Add(Number(json));
            var graph = new LayerGraph([.. fields.Pairs(root, "connections", JsonValueKind.Number,
                "numbers of layers").Select(pair => (Number(pair.First), Number(pair.Second)))], visible, fields.Integer(root, "labels"))
            {
                Edges = fields.Edges(root, name => int.TryParse(name,
                    out int layer) ? layer : throw fields.Bad($"has edges of {Quoted.Text(name)}, which is not the number of a layer")),
            };
            return graph.Fault(layers) is string fault ? throw fields.Bad(fault) : graph;
        }

        int? EdgeCount(JsonElement root, int layers) => fields.Integer(root, "edges") is not int edges ? null
            : edges < 1 ? throw fields.Bad($"has {edges} edges; expected 1 or more")
            : layers > 1 ? throw fields.Bad($"has {layers} layers and edges; a sparse machine has one layer")
            : edges;

        int Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number) ? number
            : throw fields.Bad("has a number of a layer that is not a whole number");

        JsonObject? Training(JsonElement root) =>
            !root.TryGetProperty("training", out JsonElement training) ? null
            : training.ValueKind == JsonValueKind.Object ? JsonObject.Create(training.Clone())
            : throw fields.Bad("has a training entry that is not an object");

        string[]? Classes(JsonElement root, int? count)
        {
            if (!root.TryGetProperty("classes", out JsonElement classes)) return null;
            if (classes.ValueKind != JsonValueKind.Array || classes.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
                throw fields.Bad("has classes that are not an array of names");
            string[] names = [.. classes.EnumerateArray().Select(name => name.GetString()!)];
            if (names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw fields.Bad($"has the class {Quoted.Text(twice.Key)} {twice.Count()} times");
            return count is null || names.Length == count ? names
                : throw fields.Bad($"has {names.Length} classes, but {count} units for them");
        }
    }
}
