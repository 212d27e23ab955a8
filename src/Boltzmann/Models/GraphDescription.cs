using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>
/// A graph of layers as a person writes it, in JSON: {"layers": [{"name": "pixels", "units": "bernoulli", "size": 784, "visible": true},
/// {"name": "labels", "units": "multinomial", "size": 10, "labels": true}, {"name": "h", "units": "bernoulli", "size": 500}],
/// "connections": [["pixels", "h"], ["h", "labels"], ["h", "h"]]}.
/// </summary>
/// <remarks>
/// The first layer is visible. Columns of the data are divided among the visible layers in their order, but for the one with "labels",
/// which the classes clamp. A pair of the same name joins the units of that layer to each other: all of them, or those that "edges" lists
/// for it, {"pixels": [[0, 1], [1, 2]]}. Multinomial layers may have "categories" and "draws", gaussian and relu layers "learns-precision",
/// others the fields of their kind.
/// </remarks>
/// <param name="Names">Of the layers.</param>
/// <param name="Layers">In the order of their numbers.</param>
/// <param name="Graph">What is joined and what is visible, by numbers.</param>
public sealed record GraphDescription(IReadOnlyList<string> Names, IReadOnlyList<LayerDescription> Layers, LayerGraph Graph)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, is not JSON, something is missing, unknown or of the wrong kind, or the graph
    /// is none; the message says why.</exception>
    public static GraphDescription Read(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(File.Exists(path) ? $"{path}: cannot be read" : $"{path}: no such file", e);
        }
        return Parse(text, path);
    }

    /// <summary>Reads a description from its JSON text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="file">For error messages.</param>
    /// <exception cref="BadInputException">As for <see cref="Read"/>.</exception>
    public static GraphDescription Parse(ReadOnlyMemory<byte> text, string file)
    {
        using JsonDocument document = StrictJson.Parse(text, $"{file}: the graph");
        return new Reader(file).Graph(document.RootElement);
    }

    /// <summary>The description as JSON, as <see cref="Parse"/> reads it.</summary>
    public JsonObject ToJson()
    {
        var layers = new JsonArray();
        for (int l = 0; l < Layers.Count; l++)
        {
            JsonObject layer = Layers[l].ToJson();
            layer.Insert(0, "name", Names[l]);
            if (Graph.Labels == l) layer["labels"] = true;
            else if (Graph.Visible.Contains(l)) layer["visible"] = true;
            layers.Add((JsonNode)layer);
        }
        var json = new JsonObject
        {
            ["layers"] = layers,
            ["connections"] = new JsonArray([.. Graph.Connections.Select(c => new JsonArray(Names[c.Lower], Names[c.Upper]))])
        };
        if (Graph.Edges.Count > 0) json["edges"] = JsonFields.OfEdges(Graph.Edges, layer => Names[layer]);
        return json;
    }

    sealed class Reader(string file)
    {
        static readonly string[] ofGraph = ["layers", "connections", "edges"], ofLayer = ["name", "units", "size", "visible", "labels"];

        readonly JsonFields fields = new($"{file}: the graph");

        public GraphDescription Graph(JsonElement root)
        {
            fields.RequireKnown(root, ofGraph);
            var names = new List<string>();
            var layers = new List<LayerDescription>();
            var visible = new List<int>();
            int? labels = null;
            foreach (JsonElement json in fields.Items(root, "layers"))
            {
                int index = layers.Count;
                string where = $"layer {NameOf(json) ?? $"{index + 1}"} ";
                fields.RequireKnown(json, [.. ofLayer, .. KindFields(json)], where);
                string name = fields.Text(json, "name", where);
                if (names.Contains(name)) throw fields.Bad($"has two layers named {Quoted.Text(name)}");
                LayerDescription layer = fields.Layer(json, where, takesRows: false);
                if (LayerKinds.Find(layer.Units) is null)
                    throw fields.Bad($"{where}has units {Quoted.Text(layer.Units)}; {LayerKinds.Expected}");
                bool isLabels = fields.Flag(json, "labels", where);
                if (isLabels && labels is int first)
                    throw fields.Bad($"has two layers of labels, {Quoted.Text(names[first])} and {Quoted.Text(name)}");
                if (isLabels) labels = index;
                if (fields.Flag(json, "visible", where) || isLabels) visible.Add(index);
                names.Add(name);
                layers.Add(layer);
            }
            if (layers.Count == 0) throw fields.Bad("has no layers");
            var graph = new LayerGraph([.. fields.Pairs(root, "connections", JsonValueKind.String,
                "names").Select(pair => (Number(pair.First, names), Number(pair.Second, names)))], visible, labels)
            {
                Edges = fields.Edges(root, name => names.IndexOf(name) is >= 0 and int layer ? layer : throw fields.Bad("has edges of "
                    + $"{Quoted.Text(name)}, which is not a layer")),
            };
            return graph.Fault(layers, names) is string fault ? throw fields.Bad(fault) : new(names, layers, graph);
        }

        // Those of the library's kinds, which have messages of their own where they do not fit, and of the layer's kind.
        static IEnumerable<string> KindFields(JsonElement layer)
        {
            string? units = layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("units", out JsonElement kind)
                && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
            return LayerKinds.All.Where(k => k.Name == units || LayerKinds.BuiltIn.Contains(k.Name)).SelectMany(k =>
                k.Fields).Select(field => field.Name).Distinct();
        }

        // Messages name a layer, and count from 1 where it has no name.
        static string? NameOf(JsonElement layer) =>
            layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("name", out JsonElement name)
                && name.ValueKind == JsonValueKind.String ? Quoted.Text(name.GetString()!) : null;

        int Number(JsonElement json, List<string> names) => names.IndexOf(json.GetString()!) is >= 0 and int number ? number
            : throw fields.Bad($"has a connection of {Quoted.Text(json.GetString()!)}, which is not a layer; there are "
                + string.Join(", ", names.Select(name => Quoted.Text(name))));
    }
}
