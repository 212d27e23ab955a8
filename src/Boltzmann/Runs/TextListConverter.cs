using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>A list of words; a word alone is a list of one.</summary>
sealed class TextListConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return [One(ref reader)];
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(One(ref reader));
        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string word in value) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }

    static string One(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString()!
        : throw new JsonException("text");
}
