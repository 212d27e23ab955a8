using System.Text.Json.Serialization;

namespace Boltzmann.Experiments;

/// <summary>How Experiments.json is read. An entry that is absent, or that nobody knows, is a mistake.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ExperimentLibrary))]
sealed partial class ExperimentsJson : JsonSerializerContext;
