using System.Text.Json.Serialization;

namespace Boltzmann.Experiments;

/// <summary>Measurements as JSON, NaN as a word. A file that lacks an entry is damaged.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StoredMeasurements))]
sealed partial class MeasurementsJson : JsonSerializerContext;
