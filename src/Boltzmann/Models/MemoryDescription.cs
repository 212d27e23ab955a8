using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>What a model file says of a memory, under "memory", and of what its columns stand for.</summary>
/// <param name="Fields">The memory's own: its kind and numbers.</param>
/// <param name="Alphabet">The symbols of the visible units, the last one, empty, ending a text; null for other data.</param>
/// <param name="LowestPitch">The pitch of the first column of piano rolls; null for other data.</param>
public sealed record MemoryDescription(JsonObject Fields, IReadOnlyList<string>? Alphabet = null, int? LowestPitch = null)
{
    /// <summary>The kinds of memories.</summary>
    internal const string Traces = "traces", Echo = "echo", Delays = "delays", Hidden = "hidden", Recurrent = "recurrent";

    /// <summary>Tensors of memories.</summary>
    internal const string FirstName = "memory.first", DelaysName = "memory.delays", ArrivedName = "memory.u",
        UnderWayName = "memory.v", BiasName = "memory.bias", RecurrentName = "memory.recurrent", InputName = "memory.input";

    /// <summary>The name of its kind: "traces".</summary>
    public string Kind => Fields["kind"]!.GetValue<string>();

    /// <summary>Whether both say the same.</summary>
    public bool Equals(MemoryDescription? other) => other is not null && JsonNode.DeepEquals(Fields, other.Fields)
        && LowestPitch == other.LowestPitch && (Alphabet is null ? other.Alphabet is null
            : other.Alphabet is not null && Alphabet.SequenceEqual(other.Alphabet));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, LowestPitch, Alphabet?.Count);

    internal void AddTo(JsonObject root)
    {
        root["memory"] = Fields.DeepClone();
        if (Alphabet is not null) root["alphabet"] = new JsonArray([.. Alphabet.Select(s => (JsonNode?)s)]);
        if (LowestPitch is int pitch) root["lowest_pitch"] = pitch;
    }

    /// <summary>Reads it; what its numbers must be, the memory itself checks.</summary>
    internal static MemoryDescription Read(JsonElement root, JsonFields fields, int visible)
    {
        if (!root.TryGetProperty("memory", out JsonElement memory) || memory.ValueKind != JsonValueKind.Object)
            throw fields.Bad("has no entry 'memory' that is an object");
        _ = fields.Text(memory, "kind");
        string[]? alphabet = null;
        if (root.TryGetProperty("alphabet", out JsonElement symbols) && symbols.ValueKind != JsonValueKind.Null)
        {
            if (symbols.ValueKind != JsonValueKind.Array || symbols.EnumerateArray().Any(s => s.ValueKind != JsonValueKind.String))
                throw fields.Bad("has an alphabet that is not an array of symbols");
            alphabet = [.. symbols.EnumerateArray().Select(s => s.GetString()!)];
            if (alphabet.Length != visible) throw fields.Bad($"has an alphabet of {alphabet.Length} symbols, but {visible} visible units");
        }
        return new(JsonObject.Create(memory.Clone())!, alphabet, fields.Integer(root, "lowest_pitch"));
    }

    /// <summary>The tensors of a model of these layers, the last one the context, beside the parameters of its layers.</summary>
    internal IEnumerable<TensorShape> Tensors(ModelKind kind, IReadOnlyList<LayerDescription> layers)
    {
        int context = layers.Count - 1;
        long visible = layers[0].Size, width = layers[context].Size;
        if (context > 1) yield return Weights(0, 1);
        if (kind == ModelKind.Dybm ? Kind != Delays : kind != ModelKind.Rtrbm) yield return Weights(0, context);
        if (context > 1) yield return Weights(1, context);
        switch (Kind)
        {
            case Delays:
                yield return new(DelaysName, [visible, visible]);
                yield return new(ArrivedName, [visible * visible, Numbers("lambdas")!.Length]);
                yield return new(UnderWayName, [visible * visible, Numbers("mus")!.Length]);
                break;
            case Echo:
                yield return new(RecurrentName, [Units, Units]);
                yield return new(InputName, [visible, Units]);
                break;
            case Hidden:
                yield return new(FirstName, [width]);
                break;
            case Recurrent:
                yield return new(FirstName, [width]);
                yield return new(BiasName, [width]);
                yield return new(RecurrentName, [width, width]);
                yield return new(InputName, [visible, width]);
                break;
        }

        TensorShape Weights(int lower, int upper) => new(Dense.NameOf(lower, upper), [layers[lower].Size, layers[upper].Size]);
    }

    /// <summary>
    /// Why no model of this kind has such a memory and such layers, in words that follow a file's name; null if one does.
    /// </summary>
    internal string? Fault(ModelKind kind, IReadOnlyList<LayerDescription> layers)
    {
        string[] kinds = kind == ModelKind.Dybm ? [Traces, Echo, Delays] : kind == ModelKind.Crbm ? [Traces, Echo]
            : kind == ModelKind.Rtrbm ? [Hidden] : [Recurrent];
        if (!kinds.Contains(Kind)) return $"has a memory of kind {Quoted.Text(Kind)}; {kind} has {string.Join(" or ", kinds)}";
        if (!layers[^1].IsContext || layers.SkipLast(1).Any(l => l.IsContext))
            return $"has {layers[^1].Units} units at its last layer; {kind} has context there and nowhere else";
        if (kind != ModelKind.Dybm && layers.Count != 3) return $"has {layers.Count} layers; {kind} has 3";
        if (kind == ModelKind.Dybm && layers.Count != 2) return $"has {layers.Count} layers; {kind} has 2";
        long visible = layers[0].Size, width = layers[^1].Size;
        switch (Kind)
        {
            case Traces or Echo:
                if (!(Number("delay") is double delay && delay >= 1 && delay == Math.Floor(delay)) || Numbers(
                    "decays") is not double[] decays)
                    return $"has a memory of kind {Kind} without a delay and decays";
                if (Kind == Echo && Units < 1) return "has an echo without units";
                double needed = visible * (delay - 1 + decays.Length) + Units;
                return width == needed ? null : $"has a context of {width} units, but its memory {needed} columns";
            case Delays:
                if (Numbers("lambdas") is null || Numbers("mus") is null) return "has a memory of delays without lambdas and mus";
                return width == visible ? null : $"has a context of {width} units, but a memory of delays {visible} columns";
            case Hidden:
                return width == layers[1].Size ? null : $"has a context of {width} units, but {layers[1].Size} hidden units to remember";
            default: return null;
        }
    }

    // Of its echo.
    long Units => Kind == Echo && Number("units") is double units && units is >= 1 and <= EchoMemory.MaximumUnits
        && units == Math.Floor(units) ? (long)units : 0;

    /// <summary>A number of the memory.</summary>
    internal double? Number(string name) =>
        Fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    /// <summary>Numbers of the memory; null where they are absent or something else.</summary>
    internal double[]? Numbers(string name) =>
        Fields[name] is JsonArray array && array.All(n => n?.GetValueKind() == JsonValueKind.Number)
            ? [.. array.Select(n => n!.GetValue<double>())] : null;
}
