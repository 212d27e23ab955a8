using System.Text.Json;
using System.Text.Unicode;

namespace Boltzmann.Persistence;

/// <summary>The JSON header of a safetensors file. Parsing refuses whatever the format forbids and trusts no number in it.</summary>
sealed class SafetensorsHeader
{
    /// <summary>The format's own limit on the header's length, in bytes.</summary>
    public const int MaximumBytes = 100_000_000;

    const string MetadataKey = "__metadata__";

    readonly string file;
    readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    readonly OrderedDictionary<string, StoredTensor> tensors = new(StringComparer.Ordinal);

    SafetensorsHeader(string file) => this.file = file;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>By name; in the order of the data once parsed.</summary>
    public OrderedDictionary<string, StoredTensor> Tensors => tensors;

    /// <summary>Parses and checks a header.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataBytes">Length of the file behind the header.</param>
    /// <param name="file">For error messages.</param>
    /// <exception cref="BadInputException">The header breaks a rule of the format, or does not fit the file.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataBytes, string file)
    {
        var header = new SafetensorsHeader(file);
        if (json.Length == 0 || json[0] != '{') throw header.Bad("the header does not begin with '{': not a safetensors file");
        if (!Utf8.IsValid(json)) throw header.Bad("the header is not valid UTF-8");
        var reader = new Utf8JsonReader(json);
        try
        {
            header.ReadRoot(ref reader);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{file}: the header is not valid JSON near its byte {reader.BytesConsumed}", e);
        }
        header.CheckLayout(dataBytes);
        return header;
    }

    void ReadRoot(ref Utf8JsonReader reader)
    {
        bool hasMetadata = false;
        reader.Read();
        while (NextProperty(ref reader, out string name))
        {
            if (name != MetadataKey)
            {
                StoredTensor tensor = ReadTensor(ref reader, name);
                if (!tensors.TryAdd(name, tensor)) throw Bad($"two tensors are named {Quoted.Text(name)}");
            }
            else
            {
                if (hasMetadata) throw Bad($"{MetadataKey} appears twice");
                hasMetadata = true;
                ReadMetadata(ref reader);
            }
        }
        // Only white space may follow; anything else is a JsonException.
        reader.Read();
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, $"{MetadataKey} is not an object of strings");
        while (NextProperty(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataKey} entry {Quoted.Text(key)} is not a string");
            if (!metadata.TryAdd(key, Text(ref reader))) throw Bad($"{MetadataKey} has two entries named {Quoted.Text(key)}");
        }
    }

    StoredTensor ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string tensor = $"tensor {Quoted.Text(name)}";
        string? type = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, $"{tensor} is not described by an object");
        while (NextProperty(ref reader, out string property))
            switch (property)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, $"{tensor} has a dtype that is not a string");
                    type = Text(ref reader);
                    break;
                case "shape" when shape is null:
                    shape = ReadWholeNumbers(ref reader, $"{tensor} has a shape", int.MaxValue);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadWholeNumbers(ref reader, $"{tensor} has data_offsets", 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Bad($"{tensor} has two entries {property}");
                default:
                    // Later versions of the format may add entries.
                    reader.Read();
                    reader.Skip();
                    break;
            }
        if (type is null) throw Bad($"{tensor} has no dtype");
        if (shape is null) throw Bad($"{tensor} has no shape");
        if (offsets is not [long begin, long end]) throw Bad($"{tensor} has no data_offsets of two numbers");
        if (TensorType.Bits(type) == 0) throw Bad($"{tensor} has the unknown dtype {Quoted.Text(type)}");
        Check(tensor, type, shape, begin, end);
        return new(name, type, shape, begin, end);
    }

    void Check(string tensor, string type, List<long> shape, long begin, long end)
    {
        long count = 1;
        foreach (long size in shape)
        {
            UInt128 product = (UInt128)count * (ulong)size;
            if (product > long.MaxValue) throw Bad($"{tensor} has a shape {StoredTensor.Text(shape)} whose product overflows");
            count = (long)product;
        }
        if (end < begin) throw Bad($"{tensor} has data_offsets that run backwards, {begin} to {end}");
        UInt128 bits = (UInt128)count * (uint)TensorType.Bits(type);
        if (bits != (UInt128)(ulong)(end - begin) * 8)
            throw Bad($"{tensor} of {count} numbers {type} needs {bits / 8} bytes, but its data_offsets {begin} to {end} hold "
                + $"{end - begin}");
    }

    /// <summary>The tensors must cover the data exactly: no gap, no overlap, nothing behind.</summary>
    void CheckLayout(long dataBytes)
    {
        // Empty tensors sort before a full one that begins at the same byte.
        StoredTensor[] inOrder = [.. tensors.Values.OrderBy(t => t.Begin).ThenBy(t => t.End)];
        long expected = 0;
        string previous = "";
        foreach (StoredTensor tensor in inOrder)
        {
            if (tensor.End > dataBytes)
                throw Bad($"{tensor} lies at bytes {tensor.Begin} to {tensor.End}, but the file holds only {dataBytes} bytes of data: "
                    + "truncated?");
            if (tensor.Begin < expected) throw Bad($"{tensor} at byte {tensor.Begin} overlaps {previous}, which ends at {expected}");
            if (tensor.Begin > expected) throw Bad($"bytes {expected} to {tensor.Begin} before {tensor} belong to no tensor");
            expected = tensor.End;
            previous = tensor.ToString();
        }
        if (expected != dataBytes) throw Bad($"the tensors end at byte {expected}, but the file holds {dataBytes} bytes of data");
        tensors.Clear();
        foreach (StoredTensor tensor in inOrder) tensors.Add(tensor.Name, tensor);
    }

    List<long> ReadWholeNumbers(ref Utf8JsonReader reader, string what, int most)
    {
        var numbers = new List<long>(capacity: 2);
        Expect(ref reader, JsonTokenType.StartArray, $"{what} that is not an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
                throw Bad($"{what} with an entry that is not a whole number from 0 to 2^63 − 1");
            if (numbers.Count == most) throw Bad($"{what} with more than {most} entries");
            numbers.Add(number);
        }
        return numbers;
    }

    bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        bool more = reader.TokenType == JsonTokenType.PropertyName;
        name = more ? Text(ref reader) : "";
        return more;
    }

    void Expect(ref Utf8JsonReader reader, JsonTokenType token, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != token) throw Bad(otherwise);
    }

    string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, written as an escape.
            throw new BadInputException($"{file}: the header has text that is not Unicode near its byte {reader.TokenStartIndex}", e);
        }
    }

    BadInputException Bad(string message) => new($"{file}: {message}");
}
