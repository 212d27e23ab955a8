using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>What a model file says, whatever kind of model it holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Description">Kind, layers, training.</param>
/// <param name="Data">What rows must go through before the model sees them.</param>
abstract record LoadedFile(string Path, ModelDescription Description, DataDescription Data)
{
    /// <summary>Columns of a row that the model takes.</summary>
    public virtual int Columns => Description.RowColumns;

    /// <summary>Whether those columns are binary units, to whom grey values come in 0..1 and no others.</summary>
    public bool IsBinary => RowLayers.All(layer => layer.Values is { IsPair: true });

    /// <summary>Which of those columns are spins: units of a machine, or what a network learned from one takes.</summary>
    public IReadOnlyList<bool> SpinColumns => field ??= Description.Model == ModelKind.Network.Name ? [.. Enumerable.Repeat(Flag(SpinValues.Key) == true, Columns)]
        : [.. RowLayers.SelectMany(layer => Enumerable.Repeat(layer.Values == UnitValues.Spins, layer.Size))];

    /// <summary>Whether its training made bits of its rows' grey values.</summary>
    public bool IsBinarized => SpinValues.AreBinarized(Text("binarize"), IsBinary);

    IEnumerable<LayerDescription> RowLayers => Description.Graph is LayerGraph graph ? graph.Visible.Where(l => l != graph.Labels).Select(l => Description.Layers[l]) : [Description.Layers[0]];

    /// <summary>A setting of its training that is text; null if not told.</summary>
    public string? Text(string setting) => Value<string>(setting);

    /// <summary>A setting of its training that is a number; null if not told.</summary>
    public double? Number(string setting) => Value(setting, out double number) ? number : null;

    /// <summary>A setting of its training that is true or false; null if not told.</summary>
    public bool? Flag(string setting) => Value(setting, out bool flag) ? flag : null;

    T? Value<T>(string setting) where T : class => Value(setting, out T? value) ? value : null;

    bool Value<T>(string setting, out T? value)
    {
        value = default;
        return Description.Training?[setting] is JsonValue json && json.TryGetValue(out value);
    }
}
