using System.Text.Json;

namespace Boltzmann.Cli;

/// <summary>How a table of text is written, for --json.</summary>
static class DialectJson
{
    /// <summary>Writes it as the object "text"; nothing of what is no table of text.</summary>
    public static void WriteDialect(this Utf8JsonWriter json, TextDialect? dialect)
    {
        if (dialect is null) return;
        json.WriteStartObject("text");
        json.WriteString("delimiter", $"{dialect.Delimiter}");
        json.WriteString("decimal", dialect.HasDecimalComma ? "comma" : "point");
        json.WriteBoolean("header", dialect.HasHeader);
        json.WriteNumber("comments", dialect.Comments);
        json.WriteEndObject();
    }
}
