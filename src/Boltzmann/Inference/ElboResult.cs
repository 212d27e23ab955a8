using System.Text.Json;

namespace Boltzmann.Inference;

/// <summary>The variational bound on a deep model's log-likelihood.</summary>
/// <param name="Method">What it is the mean over: "exact" for all ways up a deep network, "sampled" for some; "mean-field" for the
/// factorised posterior of a deep machine.</param>
/// <param name="Bound">Of each row, in nats.</param>
/// <param name="Passes">Draws of the way up that it is a mean of; null where there are none.</param>
/// <param name="SamplingError">Standard error of the mean over rows that these draws leave; NaN without or with a single one.</param>
/// <param name="MeanUnderReverse">The mean over rows with the reverse estimate of log Z; null if there is none.</param>
public sealed record ElboResult(string Method, Score Bound, int? Passes, double SamplingError, double? MeanUnderReverse)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("elbo");
        json.WriteString("method", Method);
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
