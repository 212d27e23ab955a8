using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>Which inputs are doubled: a word of a single machine, true or false of a stack.</summary>
sealed class DoublingConverter : JsonConverter<Doubling>
{
    public override Doubling Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => Doubling.Stack,
        JsonTokenType.False => Doubling.None,
        JsonTokenType.String => reader.GetString() switch
        {
            "none" => Doubling.None,
            "up" => Doubling.Up,
            "down" => Doubling.Down,
            _ => throw new JsonException("none, up or down"),
        },
        _ => throw new JsonException("none, up, down, true or false"),
    };

    public override void Write(Utf8JsonWriter writer, Doubling value, JsonSerializerOptions options)
    {
        if (value == Doubling.Stack) writer.WriteBooleanValue(true);
        else writer.WriteStringValue(value switch { Doubling.Up => "up", Doubling.Down => "down", _ => "none" });
    }
}
