using System.Text.Json;

namespace Boltzmann.Experiments;

/// <summary>What is known of an experiment before it runs (Experiments.json).</summary>
/// <param name="Description">One line for the list and the head of the page.</param>
/// <param name="Published">The published number and its source, for the list.</param>
/// <param name="Takes">How long it takes, for the list.</param>
/// <param name="References">Published numbers by name.</param>
sealed record ExperimentFacts(string Description, string Published, string Takes, Dictionary<string, Reference> References)
{
    static readonly Lazy<ExperimentLibrary> library = new(() =>
        JsonSerializer.Deserialize(Resource.Text("Experiments.json"), ExperimentsJson.Default.ExperimentLibrary)!);

    /// <summary>Of all experiments, by name, and the sources of their references.</summary>
    public static ExperimentLibrary Library => library.Value;
}
