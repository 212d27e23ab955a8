using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>Entries of JSON objects that describe models: each of the kind it should be, or a message that says where it is not.</summary>
/// <param name="source">What the text is, to begin a message with.</param>
readonly struct JsonFields(string source)
{
    /// <summary>A layer: its units, size and what else its kind has.</summary>
    /// <param name="json">Its entry.</param>
    /// <param name="where">Which layer, to begin a message with.</param>
    /// <param name="takesRows">Whether it may have as many draws as its rows add up to: the first of an rbm or a dbn.</param>
    public LayerDescription Layer(JsonElement json, string where, bool takesRows)
    {
        RequireObject(json, where);
        string units = Text(json, "units", where);
        var layer = new LayerDescription(units, Integer(json, "size", where, Boltzmann.Layer.MaximumUnits)
            ?? throw Bad($"{where}has no size"))
        {
            Fields = LayerKinds.Find(units) is LayerKind kind ? FieldsOf(json, kind, where) : [],
            Normalized = Flag(json, "normalized", where),
        };
        if (!takesRows && layer.Draws == MultinomialLayer.DrawsOfRow)
            throw Bad($"{where}has 0 draws, as only the first layer of an rbm or a dbn may; expected 1 or more");
        return layer.Fault() is string fault ? throw Bad(where + fault) : layer;
    }

    JsonObject FieldsOf(JsonElement json, LayerKind kind, string where)
    {
        var fields = new JsonObject();
        foreach (LayerField field in kind.Fields)
            if (json.TryGetProperty(field.Name, out JsonElement value)
                && Value(json, value, field, where) is (true, var node)) fields[field.Name] = node;
        // What another kind of the library needs is a mistake here; anything else is of programs that know more.
        foreach (LayerKind other in LayerKinds.BuiltIn.Select(name => LayerKinds.Find(name)!))
        {
            string[] foreign = [.. other.Fields.Select(field => field.Name).Where(name => !kind.Has(name))];
            if (foreign.Any(name => json.TryGetProperty(name, out _)))
                throw Bad($"{where}has {string.Join(" or ", foreign)}, but {Quoted.Text(kind.Name)} units");
        }
        return fields;
    }

    // A flag that is false is one that is absent.
    (bool IsThere, JsonNode? Node) Value(JsonElement json, JsonElement value, LayerField field, string where)
    {
        switch (field.Type)
        {
            case LayerFieldType.Integer: return (true, Integer(json, field.Name, where));
            case LayerFieldType.Flag: return Flag(json, field.Name, where) ? (true, true) : (false, null);
            case LayerFieldType.Text: return (true, Text(json, field.Name, where));
            case LayerFieldType.Number:
                if (value.ValueKind != JsonValueKind.Number || !double.IsFinite(value.GetDouble()))
                    throw Bad($"{where}has a {field.Name} that is not a number");
                break;
        }
        return (true, JsonNode.Parse(value.GetRawText()));
    }

    /// <summary>A whole number; null if it is not there.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The entry.</param>
    /// <param name="where">Begins a message.</param>
    /// <param name="most">What the message calls the largest one, where a number is too large for any use.</param>
    public int? Integer(JsonElement json, string name, string where = "", int most = int.MaxValue)
    {
        if (!json.TryGetProperty(name, out JsonElement value)) return null;
        if (value.ValueKind != JsonValueKind.Number) throw Bad($"{where}has a {name} that is not a whole number");
        if (value.TryGetInt32(out int number)) return number;
        double large = value.GetDouble();
        throw Bad(large > int.MaxValue && Math.Floor(large) == large ? $"{where}has a {name} that is too large, {large:R}; expected at "
            + $"most {most}" : $"{where}has a {name} that is not a whole number");
    }

    public bool Flag(JsonElement json, string name, string where = "") =>
        json.TryGetProperty(name, out JsonElement value) && (value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : throw Bad($"{where}has a {name} that is neither true nor false"));

    public string Text(JsonElement json, string name, string where = "") =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()!
            : throw Bad($"{where}has no {name}");

    public JsonElement.ArrayEnumerator Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray()
            : throw Bad($"has no array of {name}");

    /// <summary>The two ends of each pair in an array.</summary>
    public IEnumerable<(JsonElement First, JsonElement Second)> Pairs(JsonElement json, string name, JsonValueKind of, string ends)
    {
        var pairs = new List<(JsonElement, JsonElement)>();
        foreach (JsonElement pair in Items(json, name))
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != of || pair[1].ValueKind != of)
                throw Bad($"has an entry of {name}, number {pairs.Count + 1}, that is not a pair of {ends}");
            pairs.Add((pair[0], pair[1]));
        }
        return pairs;
    }

    /// <summary>The entry "edges", pairs of numbers of units by layer; empty where there is none.</summary>
    /// <param name="json">The object that has it.</param>
    /// <param name="layerOf">The number of a layer from its name in the entry.</param>
    public Dictionary<int, IReadOnlyList<(int Unit, int Other)>> Edges(JsonElement json, Func<string, int> layerOf)
    {
        var edges = new Dictionary<int, IReadOnlyList<(int, int)>>();
        if (!json.TryGetProperty("edges", out JsonElement byLayer)) return edges;
        RequireObject(byLayer, "has an entry edges that ");
        foreach (JsonProperty layer in byLayer.EnumerateObject())
        {
            var pairs = new List<(int, int)>();
            foreach (var (first, second) in Pairs(byLayer, layer.Name, JsonValueKind.Number, "unit numbers"))
                pairs.Add((Unit(first), Unit(second)));
            if (!edges.TryAdd(layerOf(layer.Name), pairs)) throw Bad($"has edges of {Quoted.Text(layer.Name)} twice");
        }
        return edges;
    }

    /// <summary>Edges as <see cref="Edges"/> reads them.</summary>
    public static JsonObject OfEdges(IReadOnlyDictionary<int, IReadOnlyList<(int Unit, int Other)>> edges, Func<int, string> nameOf) =>
        new([.. edges.OrderBy(e => e.Key).Select(e => KeyValuePair.Create(nameOf(e.Key),
            (JsonNode?)new JsonArray([.. e.Value.Select(pair => (JsonNode)new JsonArray(pair.Unit, pair.Other))])))]);

    int Unit(JsonElement json) => json.TryGetInt32(out int number) ? number : throw Bad("has an edge of a number that is not a whole one");

    public void RequireObject(JsonElement json, string where = "")
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad($"{where}is not an object");
    }

    /// <summary>For what people write by hand: a misspelt name is not passed over.</summary>
    public void RequireKnown(JsonElement json, ReadOnlySpan<string> names, string where = "")
    {
        RequireObject(json, where);
        foreach (JsonProperty entry in json.EnumerateObject())
            if (!names.Contains(entry.Name))
                throw Bad($"{where}has an unknown entry {Quoted.Text(entry.Name)}; expected {string.Join(", ", names.ToArray())}");
    }

    public BadInputException Bad(string message) => new($"{source} {message}");
}
