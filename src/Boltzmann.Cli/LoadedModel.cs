using System.Text.Json.Nodes;

namespace Boltzmann.Cli;

/// <summary>A model from a file, with what the file says of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Stack">The machines, a single one for an rbm.</param>
/// <param name="Description">Kind, layers, training.</param>
/// <param name="Data">What rows must go through before the model sees them.</param>
sealed record LoadedModel(string Path, Dbn Stack, ModelDescription Description, DataDescription Data)
{
    /// <summary>"rbm, 784 bernoulli × 256 bernoulli".</summary>
    public string Title => $"{Description.Model}, {Stack}";

    /// <summary>Whether it is a stack of machines, and not one by itself.</summary>
    public bool IsDeep => Description.Model == ModelKind.Dbn.Name;

    /// <summary>The model of an rbm's file.</summary>
    public Rbm Rbm => Stack.Top;

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Stack.Visible;

    /// <summary>A setting of its training that is text; null if not told.</summary>
    public string? Text(string setting) => Value<string>(setting);

    /// <summary>A setting of its training that is a number; null if not told.</summary>
    public double? Number(string setting) => Value(setting, out double number) ? number : null;

    /// <summary>A setting of its training that is true or false; null if not told.</summary>
    public bool? Flag(string setting) => Value(setting, out bool flag) ? flag : null;

    /// <summary>Rows as results are given: in the units of the data, by undoing the scaling.</summary>
    public void ToDataUnits(Matrix rows) => Data.Scaling?.Inverse(rows);

    T? Value<T>(string setting) where T : class => Value(setting, out T? value) ? value : null;

    bool Value<T>(string setting, out T? value)
    {
        value = default;
        return Description.Training?[setting] is JsonValue json && json.TryGetValue(out value);
    }
}
