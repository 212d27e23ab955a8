using System.Text.Json;
using System.Text.Unicode;

namespace Boltzmann;

/// <summary>JSON text from a file, checked whole when parsed, so that nothing read from it later can fail for its spelling.</summary>
static class StrictJson
{
    /// <summary>Parses a document.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">What it is, to begin an error message with.</param>
    /// <exception cref="BadInputException">Not JSON, a name used twice in one object, or text that is not Unicode.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, string source)
    {
        if (!Utf8.IsValid(text.Span)) throw new BadInputException($"{source} is not valid UTF-8");
        try
        {
            CheckStrings(text.Span, source);
            return JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{source} is not valid JSON at its line {e.LineNumber + 1}", e);
        }
    }

    /// <summary>Throws on half of a surrogate pair, written as an escape: valid JSON, but no text.</summary>
    static void CheckStrings(ReadOnlySpan<byte> text, string source)
    {
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String) || !reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException e)
            {
                throw new BadInputException($"{source} has text that is not Unicode near byte {reader.TokenStartIndex}", e);
            }
        }
    }
}
