using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>How far the bound lies below the log-likelihood, of the first rows.</summary>
/// <param name="Gap">What was estimated.</param>
public sealed record GapResult(VariationalGap Gap)
{
    /// <summary>Rows that it is of.</summary>
    public int Rows => Gap.Errors.Count;

    /// <summary>Standard error of the mean that the annealing of each row leaves.</summary>
    public double SamplingError => Math.Sqrt(Gap.Errors.Sum(error => error * error)) / Rows;

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("variational_gap");
        json.WriteNumber("rows", Rows);
        json.WriteFiniteOrNull("mean", Gap.Gap.Mean);
        json.WriteFiniteOrNull("standard_error", Gap.Gap.StandardError);
        json.WriteFiniteOrNull("sampling_error", SamplingError);
        json.WriteNumbers("per_row", Gap.Gap.PerRow);
        json.WriteEndObject();
    }
}
