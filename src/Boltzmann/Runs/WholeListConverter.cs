using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>A list of whole numbers; a number alone is a list of one.</summary>
sealed class WholeListConverter : JsonConverter<IReadOnlyList<int>>
{
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return [One(ref reader)];
        var values = new List<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(One(ref reader));
        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (int number in value) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    static int One(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value
        : throw new JsonException("whole numbers");
}
