using System.Text.Json;

namespace Boltzmann.Cli.Evaluation;

/// <summary>The variational bound on a deep network's log-likelihood.</summary>
/// <param name="Bound">Of each row, in nats.</param>
/// <param name="Passes">Draws of the way up that it is a mean of; null where it is the mean over all of them.</param>
/// <param name="SamplingError">Standard error of the mean over rows that these draws leave; NaN without or with a single one.</param>
/// <param name="MeanUnderReverse">The mean over rows with the reverse estimate of log Z; null if there is none.</param>
sealed record ElboResult(Score Bound, int? Passes, double SamplingError, double? MeanUnderReverse)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("elbo");
        json.WriteString("method", Passes is null ? "exact" : "sampled");
        json.WriteFiniteOrNull("mean", Bound.Mean);
        json.WriteFiniteOrNull("standard_error", Bound.StandardError);
        if (Passes is int passes)
        {
            json.WriteNumber("passes", passes);
            json.WriteFiniteOrNull("sampling_error", SamplingError);
        }
        if (MeanUnderReverse is double mean) json.WriteFiniteOrNull("mean_under_reverse", mean);
        json.WriteNumbers("per_row", Bound.PerRow);
        json.WriteEndObject();
    }
}
