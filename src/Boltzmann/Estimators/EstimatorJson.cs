using System.Text.Json.Serialization;

namespace Boltzmann;

/// <summary>Settings of estimators as JSON, with the names and words that model files have had from the start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters =
[
    typeof(ChoiceConverter<Activation>), typeof(ChoiceConverter<OptimizerKind>), typeof(ChoiceConverter<FeatureScaling>),
])]
[JsonSerializable(typeof(DbnSettings))]
[JsonSerializable(typeof(RbmSettings))]
[JsonSerializable(typeof(DbmSettings))]
[JsonSerializable(typeof(AnomalySettings))]
sealed partial class EstimatorJson : JsonSerializerContext;
