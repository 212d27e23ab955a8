using System.Text.Json;

namespace Boltzmann.Data;

/// <summary>
/// Reads piano rolls in JSON: <c>{"train": [[[60, 64], [], …], …], "valid": …, "test": …}</c>, or a list of sequences alone, which is to
/// learn from. A step lists the pitches that sound, as MIDI numbers them.
/// </summary>
static class PianoRollReader
{
    const string Form = "{\"train\": [[[60, 64], [], …], …]}, for each step of a sequence the pitches that sound";
    static readonly string[] keys = ["train", "valid", "test"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">It is not of that form, has no sequences or one without steps, or a pitch outside the
    /// columns.</exception>
    public static SequenceParts Read(InputBytes input, SequenceOptions options)
    {
        if (options.LowestPitch < 0 || options.HighestPitch > 127 || options.LowestPitch > options.HighestPitch)
            throw new BadInputException($"--low {options.LowestPitch} --high {options.HighestPitch}: expected pitches from 0 to 127, the "
                + "lowest first");
        byte[] text = input.ReadAll();
        var json = new Utf8JsonReader(text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsSpan(3) : text);
        try
        {
            json.Read();
            Dictionary<string, Sequences> parts = json.TokenType switch
            {
                JsonTokenType.StartArray => new() { [keys[0]] = ReadPart(ref json, null) },
                JsonTokenType.StartObject => ReadParts(ref json),
                _ => throw new BadInputException($"{input.Name}: is {json.TokenType switch
                {
                    JsonTokenType.Number => "a number",
                    JsonTokenType.String => "a text",
                    _ => "a word",
                }}: expected {Form}"),
            };
            json.Read();   // what follows is an error
            if (!parts.TryGetValue(keys[0], out Sequences? training))
                throw new BadInputException($"{input.Name}: has no part 'train' to learn from: expected {Form}");
            return new(training, parts.GetValueOrDefault(keys[1]), parts.GetValueOrDefault(keys[2]));
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{input.Name}, line {e.LineNumber + 1}, character {e.BytePositionInLine + 1}: is not well-formed "
                + $"JSON: expected {Form}", e);
        }

        Dictionary<string, Sequences> ReadParts(ref Utf8JsonReader json)
        {
            var parts = new Dictionary<string, Sequences>();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                string key = json.ValueSpan.Length <= 100 ? Key(ref json) : "…";
                if (!keys.Contains(key))
                    throw new BadInputException($"{input.Name}: has a part {Quoted.Text(key)}: expected train, valid, test"
                        + DidYouMean.Question(key, keys));
                json.Read();
                if (!parts.TryAdd(key, ReadPart(ref json, key))) throw new BadInputException($"{input.Name}: has two parts '{key}'");
            }
            return parts;
        }

        Sequences ReadPart(ref Utf8JsonReader json, string? part) => new PianoRollPart(input.Name, part, options).Read(ref json);
    }

    static string Key(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)   // escapes that are no text
        {
            return "?";
        }
    }
}
