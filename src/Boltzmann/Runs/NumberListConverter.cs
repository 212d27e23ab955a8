using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>A list of numbers; a number alone is a list of one.</summary>
sealed class NumberListConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return [One(ref reader)];
        var values = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(One(ref reader));
        return values;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (double number in value) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    static double One(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) ? value : throw new JsonException("numbers");
}
