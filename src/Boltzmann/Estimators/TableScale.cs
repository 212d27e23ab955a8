using System.Text.Json.Nodes;

namespace Boltzmann.Estimators;

/// <summary>Columns of numbers brought to mean 0 and variance 1 on the rows it was fitted to, by way of their normal scores or
/// not.</summary>
sealed class TableScale(ScalingByColumn? scores, Standardizer standardizer)
{
    const string ScoresKey = "normal_scores", MeansKey = "means", DeviationsKey = "standard_deviations";

    /// <summary>Learns the statistics of all rows, of the values that are there.</summary>
    /// <exception cref="BadInputException">A number is too large, or a column has no value.</exception>
    public static TableScale Fit(Dataset data, bool normalScores)
    {
        int empty = data.Missing is null ? -1 : Array.FindIndex(data.Statistics.Minimum, double.IsPositiveInfinity);
        if (empty >= 0) throw new BadInputException($"{data.Name}: column {NumberRange.Column(data, empty)} has no value in any row");
        ScalingByColumn? scores = normalScores ? ScalingByColumn.Fit(data, DataScale.NormalScores, _ => ColumnType.Real) : null;
        return new(scores, Standardizer.Fit(scores is null ? data : scores.Transform(data)));
    }

    /// <summary>Rows scaled as they are read.</summary>
    public Dataset Transform(Dataset data) => standardizer.Transform(scores is null ? data : scores.Transform(data));

    /// <summary>The scales as a file has them.</summary>
    public JsonObject ToJson() => new()
    {
        [ScoresKey] = scores?.ToJson(),
        [MeansKey] = Json(standardizer.Means),
        [DeviationsKey] = Json(standardizer.StandardDeviations),
    };

    /// <summary>What <see cref="ToJson"/> wrote for so many columns; null if it is not that.</summary>
    public static TableScale? Read(JsonNode? json, int columns)
    {
        if (json is not JsonObject given || JsonValues.Numbers(given[MeansKey]) is not { } means || means.Length != columns
            || JsonValues.Numbers(given[DeviationsKey]) is not { } deviations || deviations.Length != columns
            || !deviations.All(deviation => deviation > 0)) return null;
        ScalingByColumn? scores = given[ScoresKey] is JsonNode node ? ScalingByColumn.Read(node, columns) : null;
        return given[ScoresKey] is not null && scores is null ? null : new(scores, new(means, deviations));
    }

    static JsonArray Json(double[] numbers) => new([.. numbers.Select(number => (JsonNode?)number)]);

    /// <summary>A scaled number in the units of its column.</summary>
    public double Inverse(int column, double value)
    {
        double back = value * standardizer.StandardDeviations[column] + standardizer.Means[column];
        return scores?.Scales[column] is ColumnScale scale ? scale.Inverse(back) : back;
    }
}
