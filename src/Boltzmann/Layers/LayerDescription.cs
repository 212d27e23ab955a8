using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>One layer as a model file or a graph describes it: {"units": "multinomial", "size": 30, "categories": 3, "draws": 2}.</summary>
/// <param name="Units">The kind of units: a name in <see cref="LayerKinds"/>, or one that this program does not know; of a network's
/// layers, an activation or a head.</param>
/// <param name="Size">Number of columns the layer takes in a matrix.</param>
public sealed record LayerDescription(string Units, int Size)
{
    /// <summary>The keys that no kind can have a field of: those of every layer, and those that a graph adds.</summary>
    internal static readonly string[] Reserved = ["name", "units", "size", "normalized", "visible", "labels"];

    /// <summary>What the kind needs beside the size: <see cref="LayerKind.Fields"/>, under their names. Not to be changed.</summary>
    public JsonObject Fields { get; init; } = [];

    /// <summary>Layers of a network: whether their inputs are batch-normalised.</summary>
    public bool Normalized { get; init; }

    /// <summary>Multinomial: categories of each softmax; the size is a multiple of it. The whole layer when absent.</summary>
    public int? Categories => Units == MultinomialLayer.Name ? Integer(MultinomialLayer.CategoriesField) : null;

    /// <summary>Multinomial: draws from each softmax; one when absent.</summary>
    public int? Draws => Units == MultinomialLayer.Name ? Integer(MultinomialLayer.DrawsField) : null;

    /// <summary>Describes a layer.</summary>
    public static LayerDescription Of(Layer layer) => new(layer.Kind, layer.Units) { Fields = layer.Fields };

    /// <summary>A field that is a whole number; null where it is absent.</summary>
    public int? Integer(string field) => Number(field) is double number ? checked((int)number) : null;

    /// <summary>A field that is a number; null where it is absent.</summary>
    public double? Number(string field) => Fields[field] is JsonNode node ? JsonElement.Parse(node.ToJsonString()).GetDouble() : null;

    /// <summary>A field that is true or false; false where it is absent.</summary>
    public bool Flag(string field) => Fields[field]?.GetValue<bool>() ?? false;

    /// <summary>A field that is text; null where it is absent.</summary>
    public string? Text(string field) => Fields[field]?.GetValue<string>();

    /// <summary>Whether kind, size and all fields are the same.</summary>
    public bool Equals(LayerDescription? other) =>
        other is not null && Units == other.Units && Size == other.Size && Normalized == other.Normalized
            && JsonNode.DeepEquals(Fields, other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Units, Size, Normalized, Fields.Count);

    /// <summary>The parameters that a file has of such a layer; of kinds that are not registered, the bias alone is known.</summary>
    internal IReadOnlyList<string> ParameterNames => LayerKinds.Find(Units)?.Parameters ?? ["bias"];

    /// <summary>The values of its units; null for kinds that are not registered.</summary>
    internal UnitValues? Values => LayerKinds.Find(Units)?.Values;

    /// <summary>Whether its units are given in both phases.</summary>
    internal bool IsContext => LayerKinds.Find(Units) is { IsContext: true };

    /// <summary>
    /// Whether the units have two values and U(x) = −b·x, as those of one layer that edges join must: <see cref="Layer.Pair"/>.
    /// </summary>
    internal bool IsPair => Values is { IsPair: true } && ListsValues;

    /// <summary>Whether units can be joined to each other within the layer: <see cref="Layer.CanBeJoined"/>.</summary>
    internal bool CanBeJoined => IsPair || (Units == MultinomialLayer.Name && ListsValues && (Categories ?? Size) > 1);

    /// <summary>Whether each unit's other values can be listed.</summary>
    internal bool ListsValues => LayerKinds.Find(Units) is LayerKind kind && kind.ListsValues(this);

    /// <summary>Whether the layer can stand for classes: one block of at least two categories, of which one is drawn.</summary>
    internal bool IsClasses => Units == MultinomialLayer.Name && Size >= 2 && (Categories ?? Size) == Size && Draws is null or 1;

    /// <summary>A layer of this kind and size, its parameters as new; null for a kind that is not registered.</summary>
    internal Layer? Create(Placement placement) => LayerKinds.Find(Units)?.Create(this, placement);

    /// <summary>
    /// Whether states of one are states of the other under the same distribution, given the same parameters: all but how they learn.
    /// </summary>
    internal bool IsLike(LayerDescription other)
    {
        return Lasting(this).Equals(Lasting(other));

        static LayerDescription Lasting(LayerDescription layer)
        {
            var fields = (JsonObject)layer.Fields.DeepClone();
            foreach (LayerField field in LayerKinds.Find(layer.Units)?.Fields ?? [])
                if (field.IsOfLearning) fields.Remove(field.Name);
            return layer with { Fields = fields };
        }
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["units"] = Units, ["size"] = Size };
        foreach (var (name, value) in Fields) json[name] = value?.DeepClone();
        if (Normalized) json["normalized"] = true;
        return json;
    }

    internal string ToWords()
    {
        IEnumerable<string> others = Fields.Where(_ => Units != MultinomialLayer.Name)
            .Select(field => $"{field.Key} {Quoted.Text(field.Value?.ToJsonString() ?? "null").Trim('\'')}");
        string more = string.Join(", ", others);
        return $"{Size} {Quoted.Text(Units).Trim('\'')} units{(Categories is int k ? $" in blocks of {k}" : "")}"
            + (Draws > 1 ? $" with {Draws} draws" : Draws == MultinomialLayer.DrawsOfRow ? " with draws by row" : "")
            + (more == "" ? "" : $" ({more})");
    }

    /// <summary>What is wrong with it, in words that follow "layer I"; null if nothing is.</summary>
    internal string? Fault() =>
        Size < 1 ? $"has size {Size}; expected 1 or more"
        : Size > Layer.MaximumUnits ? $"has size {Size}; expected at most {Layer.MaximumUnits}"
        : LayerKinds.Find(Units)?.Fault(this);
}
