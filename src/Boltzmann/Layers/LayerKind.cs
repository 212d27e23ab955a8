using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Models;

/// <summary>
/// What files, graphs and commands need to know of a unit kind before there is a layer of it: its name, the fields of its description, the
/// names of its parameters, and how to make a layer from a description.
/// Known once it is given to <see cref="LayerKinds.Register"/>.
/// </summary>
public sealed class LayerKind
{
    readonly Func<LayerDescription, Placement, Layer> factory;

    /// <summary>A kind.</summary>
    /// <param name="name">The name in files and on the command line, which is the <see cref="Layer.Kind"/> of its layers: letters, digits
    /// and hyphens.</param>
    /// <param name="values">The values of its units, which are the <see cref="Layer.Values"/> of its layers.</param>
    /// <param name="factory">Makes a layer of a description's size and fields. Parameters that a file holds are read into it
    /// afterwards.</param>
    /// <exception cref="ArgumentException">The name is not one.</exception>
    public LayerKind(string name, UnitValues values, Func<LayerDescription, Placement, Layer> factory)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"the name of a unit kind is letters, digits and hyphens, not {Quoted.Text(name)}", nameof(name));
        Name = name;
        Values = values;
        this.factory = factory;
    }

    /// <summary>The name in files and on the command line: "bernoulli".</summary>
    public string Name { get; }

    /// <summary>The values of its units.</summary>
    public UnitValues Values { get; }

    /// <summary>What descriptions of its layers may have beside kind and size, in the order in which they are written.</summary>
    public IReadOnlyList<LayerField> Fields { get; init; } = [];

    /// <summary>The names of its layers' parameters, in their order.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = ["bias"];

    /// <summary>
    /// What is wrong with a description's size and fields, in words that follow "layer 0": "has size 5, which is odd"; null if nothing is.
    /// Types of fields have been checked.
    /// </summary>
    public Func<LayerDescription, string?> Fault { get; init; } = _ => null;

    /// <summary>
    /// Whether each unit's other values can be listed, so that its layers have a <see cref="Layer.ColumnsPerUnit"/>; the description's size
    /// may not be known yet.
    /// </summary>
    public Func<LayerDescription, bool> ListsValues { get; init; } = _ => false;

    /// <summary>
    /// Whether its units are given in both phases (<see cref="Layer.IsContext"/>): machines of any graph may have such layers, but nobody
    /// chooses the kind as visible or hidden units.
    /// </summary>
    public bool IsContext { get; init; }

    /// <summary>
    /// Whether its layers are made of others side by side (<see cref="MixedLayer"/>): data say of which, and nobody chooses the kind by
    /// name.
    /// </summary>
    public bool HasParts { get; init; }

    /// <summary>Whether its name alone says what visible or hidden units are.</summary>
    internal bool IsChoice => !IsContext && !HasParts;

    /// <summary>A layer as a description says.</summary>
    /// <exception cref="InvalidOperationException">The factory makes another layer than the kind promises.</exception>
    internal Layer Create(LayerDescription description, Placement placement)
    {
        Layer layer = factory(description, placement);
        string? broken = layer.Kind != Name ? $"a layer of kind {layer.Kind}"
            : layer.Units != description.Size ? $"{layer.Units} units instead of {description.Size}"
            : layer.Placement != placement ? $"a layer at {layer.Placement} instead of {placement}"
            : layer.Values != Values ? $"units of {layer.Values} instead of {Values}"
            : !layer.Parameters.Select(p => p.Name).SequenceEqual(Parameters)
                ? $"the parameters {string.Join(", ", layer.Parameters.Select(p => p.Name))} instead of {string.Join(", ", Parameters)}"
            : layer.IsContext != IsContext ? $"units that {(layer.IsContext ? "are" : "are not")} context"
            : layer.ColumnsPerUnit > 0 != ListsValues(description)
                ? $"units whose values can{(layer.ColumnsPerUnit > 0 ? "" : "not")} be listed"
            : !Keeps(layer.Fields, description.Fields) ? $"the fields {layer.Fields.ToJsonString()} of {description.Fields.ToJsonString()}"
            : null;
        return broken is null ? layer
            : throw new InvalidOperationException($"the factory that was registered for {Name} units makes {broken}");
    }

    /// <summary>Whether it has a field of that name.</summary>
    internal bool Has(string field) => Fields.Any(f => f.Name == field);

    // A layer may fill in what its description leaves out, and must keep the rest; a flag that is false may be left out.
    static bool Keeps(JsonObject made, JsonObject described) => described.All(field => JsonNode.DeepEquals(made[field.Key], field.Value)
        || (made[field.Key] is null && field.Value!.GetValueKind() == JsonValueKind.False));
}
