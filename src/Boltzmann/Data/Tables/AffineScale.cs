using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>x ↦ (x − <see cref="Shift"/>)/<see cref="Scale"/>.</summary>
/// <param name="Shift">Subtracted first.</param>
/// <param name="Scale">Divides then; positive.</param>
public sealed record AffineScale(double Shift, double Scale) : ColumnScale
{
    internal const string Name = "affine";

    const string ShiftKey = "shift", ScaleKey = "scale";

    /// <inheritdoc/>
    public override double Transform(double value) => (value - Shift) / Scale;

    /// <inheritdoc/>
    public override double Inverse(double value) => value * Scale + Shift;

    /// <summary>Mean 0 and deviation 1 (over n); a constant column becomes 0.</summary>
    internal static AffineScale Standardize(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double step = values[i] - mean;
            mean += step / (i + 1);
            squares += step * (values[i] - mean);
        }
        double deviation = Math.Sqrt(squares / values.Length);
        if (!double.IsFinite(mean) || !double.IsFinite(deviation)) throw TooLarge(values);
        return new(mean, deviation > 0 ? deviation : 1);
    }

    /// <summary>The least value becomes 0 and the greatest 1; a constant column 0.</summary>
    internal static AffineScale MinMax(ReadOnlySpan<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return double.IsFinite(high - low) ? new(low, high > low ? high - low : 1) : throw TooLarge(values);
    }

    internal override JsonObject ToJson() => new() { [KindKey] = Name, [ShiftKey] = Shift, [ScaleKey] = Scale };

    internal static AffineScale? Read(JsonObject json) =>
        JsonValues.Number(json[ShiftKey]) is double shift && JsonValues.Number(json[ScaleKey]) is double scale and > 0 ? new(shift, scale)
            : null;

    static BadInputException TooLarge(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            if (Math.Abs(value) > Math.Abs(largest)) largest = value;
        return new($"{NumberRange.Text(largest)} is too large to be scaled so; --scale normal-scores takes any number");
    }
}
