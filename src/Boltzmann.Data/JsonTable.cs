using System.Text;
using System.Text.Json;

namespace Boltzmann.Data;

/// <summary>
/// A table in JSON lines: an object on each line, whose keys are the columns. The first line says which there are and in which order; what
/// a later one lacks, or has as null, is missing.
/// </summary>
sealed class JsonTable : ITableReader
{
    readonly TextLines lines;
    readonly InputBytes input;
    readonly MissingMarkers markers;
    readonly Dictionary<string, int> places = new(Utf8Words.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>> placesByUtf8;
    readonly List<string> names = [];
    JsonField[] fields = [];
    byte[] texts = new byte[1 << 10];   // of the row's fields, one after another
    int used;
    bool isFirst = true;

    JsonTable(InputBytes input, CsvOptions options)
    {
        this.input = input;
        lines = new(input);
        markers = new(options.MissingTexts);
        placesByUtf8 = places.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!ReadLine()) throw new BadInputException($"{Name}: has no rows");
        if (names.Count == 0) throw new BadInputException($"{lines.Where}: has no keys: expected the columns of the table");
    }

    /// <inheritdoc/>
    public string Name => input.Name;

    /// <inheritdoc/>
    public string Form => "JSON lines";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => names;

    /// <inheritdoc/>
    public int Columns => names.Count;

    /// <summary>Opens a file by its first line.</summary>
    /// <param name="input">Read from here; the table comes to own it.</param>
    /// <param name="options">Which texts stand for missing values.</param>
    /// <exception cref="BadInputException">It is empty, or the line is no object.</exception>
    public static JsonTable Open(InputBytes input, CsvOptions options) => new(input, options);

    /// <inheritdoc/>
    public bool Read()
    {
        if (!isFirst) return ReadLine();
        isFirst = false;   // read already, for its keys
        return true;
    }

    /// <inheritdoc/>
    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Utf8(int column) => texts.AsSpan(fields[column].Start, fields[column].Length);

    /// <inheritdoc/>
    public bool IsMissing(int column) => fields[column].Kind switch
    {
        JsonTokenType.None or JsonTokenType.Null => true,
        JsonTokenType.String => markers.Contains(Utf8(column)),
        JsonTokenType.Number => markers.HasNumbers && TextNumber.TryRead(Utf8(column), comma: false, out double x) && markers.Contains(x),
        _ => false,
    };

    /// <inheritdoc/>
    public bool TryNumber(int column, out double value)
    {
        JsonTokenType kind = fields[column].Kind;
        value = kind == JsonTokenType.True ? 1 : 0;
        return kind is JsonTokenType.True or JsonTokenType.False || (kind == JsonTokenType.Number
            && TextNumber.TryRead(Utf8(column), comma: false, out value) && !markers.Contains(value));
    }

    /// <inheritdoc/>
    public string? Unusable(int column) => fields[column].Kind switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        _ => null,
    };

    /// <inheritdoc/>
    public string Where(int column) => $"{lines.Where}, column {column + 1} ({Quoted.Text(names[column])}):";

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();

    bool ReadLine()
    {
        ReadOnlySpan<byte> line;
        do
        {
            if (!lines.Next(out line)) return false;
        }
        while (line.Trim(" \t"u8).IsEmpty);
        Array.Clear(fields);
        used = 0;
        var json = new Utf8JsonReader(line);
        try
        {
            ReadObject(ref json, line);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{lines.Where}, character {e.BytePositionInLine + 1}: is not well-formed JSON: expected an object "
                + "on each line, {\"age\": 41, \"sex\": \"female\"}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new BadInputException($"{lines.Where}: has a text that is not well-formed UTF-8 or UTF-16: expected texts", e);
        }
        return true;
    }

    void ReadObject(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new BadInputException($"{lines.Where}: is {(json.TokenType == JsonTokenType.StartArray ? "a list" : "no object")}: "
                + "expected an object on each line, {\"age\": 41, \"sex\": \"female\"}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int column = PlaceOf(ref json);
            json.Read();
            Take(column, ref json, line);
        }
        json.Read();   // what follows the object is an error
    }

    int PlaceOf(ref Utf8JsonReader json)
    {
        bool isKnown = json.ValueIsEscaped ? places.TryGetValue(json.GetString()!, out int column)
            : placesByUtf8.TryGetValue(json.ValueSpan, out column);
        if (isKnown && fields[column].Kind == JsonTokenType.None) return column;
        string key = json.GetString()!;
        if (isKnown) throw new BadInputException($"{lines.Where}: has two keys {Quoted.Text(key)}");
        if (!isFirst)
            throw new BadInputException($"{lines.Where}: has a key {Quoted.Text(key)}, which the first line has not: expected one of "
                + $"{Quoted.List(names)}{DidYouMean.Question(key, names)}; the first line needs all keys, null where it has no value");
        places.Add(key, names.Count);
        names.Add(key);
        Array.Resize(ref fields, names.Count);
        return names.Count - 1;
    }

    void Take(int column, ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        JsonTokenType kind = json.TokenType;
        int start = (int)json.TokenStartIndex;
        if (kind is JsonTokenType.StartArray or JsonTokenType.StartObject) json.Skip();
        // As it is written; of nested values all of it.
        ReadOnlySpan<byte> text = kind switch
        {
            JsonTokenType.Null => [],
            JsonTokenType.StartArray or JsonTokenType.StartObject => line[start..(int)json.BytesConsumed],
            _ => json.ValueSpan,
        };
        if (used + text.Length > texts.Length) Array.Resize(ref texts, Math.Max(2 * texts.Length, used + text.Length));
        int length = text.Length;
        if (kind == JsonTokenType.String) length = json.CopyString(texts.AsSpan(used));
        else text.CopyTo(texts.AsSpan(used));
        fields[column] = new(kind, used, length);
        used += length;
    }
}
