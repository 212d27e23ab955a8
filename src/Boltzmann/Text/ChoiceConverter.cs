using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann;

/// <summary>A choice as its word: "min-max" for MinMax.</summary>
sealed class ChoiceConverter<T> : JsonConverter<T> where T : struct, Enum
{
    static readonly T[] values = Enum.GetValues<T>();
    static readonly string[] words = [.. values.Select(ChoiceWords.Of)];

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        int index = reader.TokenType == JsonTokenType.String ? Array.IndexOf(words, reader.GetString()) : -1;
        return index >= 0 ? values[index] : throw new JsonException($"one of {string.Join(", ", words)}");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(words[Array.IndexOf(values, value)]);
}
