using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>
/// Counts on a logarithmic scale: x ↦ (log(1 + x) − <see cref="Shift"/>)/<see cref="Scale"/>, so that ten more matter less where there are
/// thousands.
/// </summary>
/// <param name="Shift">Mean of log(1 + x).</param>
/// <param name="Scale">Its deviation; positive.</param>
public sealed record LogScale(double Shift, double Scale) : ColumnScale
{
    internal const string Name = "log";

    const string ShiftKey = "shift", ScaleKey = "scale";

    /// <summary>A number as the model takes it. NaN stays NaN.</summary>
    /// <param name="value">At least 0.</param>
    public override double Transform(double value) => (Math.Log(1 + value) - Shift) / Scale;

    /// <inheritdoc/>
    public override double Inverse(double value) => Math.Max(0, Math.Exp(value * Scale + Shift) - 1);

    internal static LogScale Fit(ReadOnlySpan<double> values)
    {
        double[] logs = new double[values.Length];
        for (int i = 0; i < logs.Length; i++) logs[i] = Math.Log(1 + values[i]);
        AffineScale scale = AffineScale.Standardize(logs);
        return new(scale.Shift, scale.Scale);
    }

    internal override JsonObject ToJson() => new() { [KindKey] = Name, [ShiftKey] = Shift, [ScaleKey] = Scale };

    internal static LogScale? Read(JsonObject json) =>
        JsonValues.Number(json[ShiftKey]) is double shift && JsonValues.Number(json[ScaleKey]) is double scale and > 0 ? new(shift, scale)
            : null;
}
