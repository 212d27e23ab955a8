using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Boltzmann.Persistence;

/// <summary>
/// Collects tensors and writes them as one safetensors file. Matrices are read only when written, so nothing is held twice.
/// Tensors stand in the order they were added, wider numbers before narrower ones, which keeps every one aligned.
/// </summary>
public sealed class SafetensorsWriter
{
    const int Alignment = 8;

    readonly List<Entry> entries = [];

    /// <summary>The strings of __metadata__, in the order they were added.</summary>
    public OrderedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>A matrix, of shape [rows × columns] and its own precision.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Matrix matrix) => Add(name, matrix, [matrix.Rows, matrix.Columns]);

    /// <summary>A matrix of one row, stored with one dimension.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the matrix has not one row.</exception>
    public void AddRow(string name, Matrix row)
    {
        if (row.Rows != 1) throw new ArgumentException($"{name} is {row.Shape}, not a row", nameof(row));
        Add(name, row, [row.Columns]);
    }

    /// <summary>Numbers F64, of shape [n].</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, double[] values) => Add(new(name, TensorType.Float64, [values.Length], stream =>
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }));

    /// <summary>Numbers I64, of shape [n].</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, long[] values) => Add(name, values, [values.Length]);

    /// <summary>Numbers I64, in row-major order.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the numbers are not as many as the shape says.</exception>
    public void Add(string name, long[] values, long[] shape) =>
        Add(new(name, TensorType.Int64, RequireCount(name, values.Length, shape), stream =>
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (long value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }));

    /// <summary>Bytes U8, of shape [n].</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, byte[] values) => Add(new(name, TensorType.Byte, [values.Length], stream => stream.Write(values)));

    /// <summary>Writes the file whole or not at all; see <see cref="AtomicFile"/>.</summary>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes to a stream.</summary>
    public void Write(Stream stream)
    {
        Entry[] inOrder = [.. entries.OrderByDescending(e => TensorType.Bits(e.Type))];
        byte[] header = Header(inOrder);
        int padded = (header.Length + Alignment - 1) / Alignment * Alignment;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(header);
        for (int i = header.Length; i < padded; i++) stream.WriteByte((byte)' ');
        foreach (Entry entry in inOrder) entry.Write(stream);
    }

    byte[] Header(Entry[] inOrder)
    {
        using var bytes = new MemoryStream();
        // The relaxed encoder leaves the JSON inside a metadata string readable; it is never put into a web page.
        using var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        if (Metadata.Count > 0)
        {
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in Metadata) json.WriteString(key, value);
            json.WriteEndObject();
        }
        long offset = 0;
        foreach (Entry entry in inOrder)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.Type);
            WriteNumbers(json, "shape", entry.Shape);
            WriteNumbers(json, "data_offsets", [offset, offset += entry.Bytes]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return bytes.ToArray();
    }

    static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values) json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    static long[] RequireCount(string name, int count, long[] shape) =>
        shape.Aggregate(1L, (product, size) => product * size) == count ? shape : throw new ArgumentException($"{name} has {count} "
            + $"numbers, which are not of shape [{string.Join(" × ", shape)}]", nameof(shape));

    void Add(string name, Matrix matrix, long[] shape) => Add(new(name, TensorType.Of(matrix.Precision), shape, stream =>
    {
        int width = matrix.Placement.ElementBytes;
        var values = new double[matrix.Columns];
        var bytes = new byte[matrix.Columns * width];
        for (int row = 0; row < matrix.Rows; row++)
        {
            matrix.ReadRow(row, values);
            for (int i = 0; i < values.Length; i++)
                if (width == sizeof(float)) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(width * i), (float)values[i]);
                else BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(width * i), values[i]);
            stream.Write(bytes);
        }
    }));

    void Add(Entry entry)
    {
        if (entry.Name == "__metadata__" || entries.Any(e => e.Name == entry.Name))
            throw new ArgumentException($"the name {entry.Name} is taken", nameof(entry));
        entries.Add(entry);
    }

    sealed record Entry(string Name, string Type, long[] Shape, Action<Stream> Write)
    {
        public long Bytes => Shape.Aggregate(TensorType.Bits(Type) / 8L, (product, size) => checked(product * size));
    }
}
