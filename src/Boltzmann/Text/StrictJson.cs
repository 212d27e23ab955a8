using System.Text;
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
            throw new BadInputException($"{source} is not valid JSON{Where(text.Span, e)}: {Reason(e)}", e);
        }
    }

    // The exception counts lines from 0, and bytes where people count characters.
    static string Where(ReadOnlySpan<byte> text, JsonException e)
    {
        if (e.LineNumber is not long line || e.BytePositionInLine is not long bytes) return "";
        ReadOnlySpan<byte> rest = text;
        for (long l = 0; l < line; l++) rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        int column = Encoding.UTF8.GetCharCount(rest[..(int)Math.Min(bytes, rest.Length)]) + 1;
        return $" at line {line + 1}, column {column}";
    }

    // Its sentences without the place, which is said above, and fit for one line.
    static string Reason(JsonException e)
    {
        const int Longest = 200;
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = (place < 0 ? e.Message : e.Message[..place]).TrimEnd('.');
        return string.Concat(reason.Take(Longest).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c));
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
