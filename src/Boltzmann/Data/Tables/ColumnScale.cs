using System.Text.Json.Nodes;

namespace Boltzmann.Data;

/// <summary>
/// What the numbers of one column of a table go through on their way to Gaussian units, and back: a map that rises, fitted to the column
/// of the training.
/// </summary>
public abstract record ColumnScale
{
    private protected const string KindKey = "kind";

    private protected ColumnScale() { }

    /// <summary>A number as the model takes it. NaN stays NaN.</summary>
    public abstract double Transform(double value);

    /// <summary>A number of the model in the units of the column.</summary>
    public abstract double Inverse(double value);

    /// <summary>The scale as JSON, with its kind.</summary>
    internal abstract JsonObject ToJson();

    /// <summary>Fits a kind of scale to the values of a column.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="type">What the column holds: counts are standardised on a logarithmic scale.</param>
    /// <param name="values">At least one number; no NaN. Sorted in place.</param>
    /// <exception cref="BadInputException">A number is too large to be scaled so.</exception>
    internal static ColumnScale Fit(DataScale kind, ColumnType type, double[] values) => kind switch
    {
        DataScale.Standardize when type == ColumnType.Count => LogScale.Fit(values),
        DataScale.Standardize => AffineScale.Standardize(values),
        DataScale.MinMax => AffineScale.MinMax(values),
        DataScale.NormalScores => NormalScores.Fit(values),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The scale that <see cref="ToJson"/> wrote; null if it is none.</summary>
    internal static ColumnScale? From(JsonNode? json) =>
        json is not JsonObject entry ? null : JsonValues.Text(entry[KindKey]) switch
        {
            AffineScale.Name => AffineScale.Read(entry),
            LogScale.Name => LogScale.Read(entry),
            NormalScores.Name => NormalScores.Read(entry),
            _ => null,
        };

    private protected static double[]? Numbers(JsonNode? node) => JsonValues.Numbers(node);

    private protected static JsonArray Json(IEnumerable<double> numbers) => new([.. numbers.Select(x => (JsonNode)x)]);
}
