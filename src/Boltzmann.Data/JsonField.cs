using System.Text.Json;

namespace Boltzmann.Data;

/// <summary>A field of a row of JSON.</summary>
/// <param name="Kind">What it is; None where the row lacks it.</param>
/// <param name="Start">Where its text begins among those of the row.</param>
/// <param name="Length">Bytes of its text.</param>
readonly record struct JsonField(JsonTokenType Kind, int Start, int Length);
