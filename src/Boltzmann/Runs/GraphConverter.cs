using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>A graph as the file that describes it.</summary>
sealed class GraphConverter : JsonConverter<GraphDescription>
{
    public override GraphDescription Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GraphDescription.Parse(Encoding.UTF8.GetBytes(JsonNode.Parse(ref reader)!.ToJsonString()), "settings.json");

    public override void Write(Utf8JsonWriter writer, GraphDescription value, JsonSerializerOptions options) =>
        value.ToJson().WriteTo(writer);
}
