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

    /// <summary>What rows go through before the model sees them, and answers on their way back.</summary>
    public Preprocessing Preprocessing => field ??= Preprocessing.Of(Description, Data, Columns);

    /// <summary>Whether those columns are binary units, to whom grey values come in 0..1 and no others.</summary>
    public bool IsBinary => Preprocessing.IsBinary;

    /// <summary>Which of those columns are spins.</summary>
    public IReadOnlyList<bool> SpinColumns => Preprocessing.SpinColumns;

    /// <summary>Whether its training made bits of its rows' grey values.</summary>
    public bool IsBinarized => Preprocessing.IsBinarized;

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
