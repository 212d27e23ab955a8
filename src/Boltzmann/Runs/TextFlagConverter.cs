using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>True and false as text, which is how settings that take a word on the command line are kept.</summary>
sealed class TextFlagConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "true" => true,
            "false" => false,
            _ => throw new JsonException("\"true\" or \"false\""),
        };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value ? "true" : "false");
}
