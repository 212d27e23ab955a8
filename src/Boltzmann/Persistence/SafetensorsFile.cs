using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Boltzmann.Persistence;

/// <summary>
/// A safetensors file, open for reading: 8 bytes little-endian header length, a JSON header, then the tensors' bytes, row-major.
/// Opening reads the header alone and checks all of it against the file's length, so that nothing is allocated from a number that the
/// file does not hold the bytes for. A file replaced meanwhile is read on as it was.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    const int LengthBytes = 8;
    const int BlockBytes = 1 << 16;

    readonly SafeFileHandle handle;
    readonly SafetensorsHeader header;
    readonly long dataStart;

    SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header, long dataStart)
    {
        Path = path;
        this.handle = handle;
        this.header = header;
        this.dataStart = dataStart;
    }

    /// <summary>The path it was opened with, for error messages.</summary>
    public string Path { get; }

    /// <summary>The strings of __metadata__; empty if the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>All tensors, in the order of their data.</summary>
    public IReadOnlyList<StoredTensor> Tensors => [.. header.Tensors.Values];

    /// <summary>One tensor's description.</summary>
    /// <exception cref="BadInputException">The file has no tensor of that name.</exception>
    public StoredTensor this[string name] =>
        header.Tensors.TryGetValue(name, out StoredTensor? tensor) ? tensor
            : throw new BadInputException($"{Path}: has no tensor {Quoted.Text(name)}");

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="BadInputException">The file is missing, cannot be read, or breaks a rule of the format; the message says
    /// which.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle handle = OpenHandle(path);
        try
        {
            long length = Length(path, handle);
            if (length < LengthBytes)
            {
                RefuseOthers(path, handle, length);
                throw new BadInputException($"{path}: has {length} bytes, too short for a safetensors file");
            }
            Span<byte> prefix = stackalloc byte[LengthBytes];
            ReadExactly(path, handle, prefix, 0);
            ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (headerLength > (ulong)(length - LengthBytes))
            {
                RefuseOthers(path, handle, length);
                throw new BadInputException($"{path}: the header claims {headerLength} bytes, but the file has {length}: truncated, or not "
                    + "a safetensors file");
            }
            if (headerLength > SafetensorsHeader.MaximumBytes)
                throw new BadInputException($"{path}: the header claims {headerLength} bytes; the format allows "
                    + $"{SafetensorsHeader.MaximumBytes}");
            var json = new byte[(int)headerLength];
            ReadExactly(path, handle, json, LengthBytes);
            long dataStart = LengthBytes + json.Length;
            return new(path, handle, SafetensorsHeader.Parse(json, length - dataStart, path), dataStart);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // Where the file is something else altogether, its first bytes are no length, and telling them as one helps nobody.
    static void RefuseOthers(string path, SafeFileHandle handle, long length)
    {
        var start = new byte[Math.Min(length, FileLooks.Bytes)];
        ReadExactly(path, handle, start, 0);
        if (FileLooks.Of(start) is string what)
            throw new BadInputException($"{path}: is not a model but looks like {what}; expected the folder of a run or its "
                + "model.safetensors");
    }

    /// <summary>Whether the file has a tensor of that name.</summary>
    public bool Contains(string name) => header.Tensors.ContainsKey(name);

    /// <summary>Reads a tensor of two dimensions, of one as a row [1 × n], or a single number as [1 × 1].</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="placement">Where to; <see cref="Placement.Default"/> when null. Numbers are rounded to its precision.</param>
    /// <exception cref="BadInputException">No such tensor, more than two dimensions, numbers that are not real, or too large for a
    /// matrix.</exception>
    public Matrix ReadMatrix(string name, Placement? placement = null)
    {
        placement ??= Placement.Default;
        var (rows, columns) = MatrixShape(name);
        // Without columns the file would hold no bytes to back the number of rows.
        if (rows > 0 && columns == 0) throw Bad(name, "has rows without entries");
        RequireFits(name, rows, columns, placement);
        var matrix = new Matrix((int)rows, (int)columns, placement);
        ReadInto(name, matrix);
        return matrix;
    }

    /// <summary>Reads a tensor into a matrix that exists, rounding to its precision.</summary>
    /// <exception cref="BadInputException">No such tensor, its shape differs from the matrix's, or its numbers are not real.</exception>
    public void ReadInto(string name, Matrix destination)
    {
        var (rows, columns) = MatrixShape(name);
        if (rows != destination.Rows || columns != destination.Columns) throw Bad(name, $"should be {destination.Shape}");
        if (rows == 0 || columns == 0) return;
        StoredTensor tensor = Decodable(name);
        int rowsAtOnce = (int)Math.Clamp(BlockBytes / sizeof(double) / columns, 1, rows);
        var values = new double[rowsAtOnce * (int)columns];
        for (int row = 0; row < destination.Rows; row += rowsAtOnce)
        {
            int count = Math.Min(rowsAtOnce, destination.Rows - row);
            Decode(tensor, row * columns, values.AsSpan(0, count * (int)columns));
            for (int r = 0; r < count; r++) destination.WriteRow(row + r, values.AsSpan(r * (int)columns, (int)columns));
        }
    }

    /// <summary>All numbers of a tensor of any shape, in row-major order.</summary>
    /// <exception cref="BadInputException">No such tensor, its numbers are not real, or there are more than an array holds.</exception>
    public double[] ReadDoubles(string name)
    {
        StoredTensor tensor = Decodable(name);
        var values = new double[ArrayLength(tensor, sizeof(double))];
        Decode(tensor, 0, values);
        return values;
    }

    /// <summary>All numbers of a tensor of type I64 and any shape, in row-major order.</summary>
    /// <exception cref="BadInputException">No such tensor, another type, or more than an array holds.</exception>
    public long[] ReadInt64s(string name)
    {
        byte[] bytes = ReadBytes(name);
        if (this[name].Type != TensorType.Int64) throw Bad(name, $"should hold numbers of type {TensorType.Int64}");
        var values = new long[bytes.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(sizeof(long) * i));
        return values;
    }

    /// <summary>A tensor's bytes as they stand in the file.</summary>
    /// <exception cref="BadInputException">No such tensor, or more bytes than an array holds.</exception>
    public byte[] ReadBytes(string name)
    {
        StoredTensor tensor = this[name];
        if (tensor.Bytes > Array.MaxLength) throw Bad(name, "is too large to be read at once");
        var bytes = new byte[(int)tensor.Bytes];
        ReadExactly(Path, handle, bytes, dataStart + tensor.Begin);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    /// <exception cref="BadInputException">A tensor would need a matrix beyond the largest block of memory there is.</exception>
    internal void RequireFits(string name, long rows, long columns, Placement placement)
    {
        if (rows > int.MaxValue || columns > int.MaxValue / sizeof(double)
            || (Int128)rows * Matrix.PaddedStride((int)columns,
                placement.ElementBytes) * placement.ElementBytes > Array.MaxLength - BlockBytes)
            throw Bad(name, "is too large for a matrix, which holds up to 2 GiB");
    }

    void Decode(StoredTensor tensor, long firstEntry, Span<double> values)
    {
        int width = TensorType.Bits(tensor.Type) / 8;
        var block = new byte[Math.Min(BlockBytes, width * (long)values.Length)];
        long position = dataStart + tensor.Begin + firstEntry * width;
        while (values.Length > 0)
        {
            int count = Math.Min(values.Length, block.Length / width);
            ReadExactly(Path, handle, block.AsSpan(0, count * width), position);
            TensorType.Decode(tensor.Type, block, values[..count]);
            values = values[count..];
            position += count * width;
        }
    }

    (long Rows, long Columns) MatrixShape(string name) => this[name].Shape switch
    {
        [] => (1, 1),
        [long n] => (1, n),
        [long rows, long columns] => (rows, columns),
        _ => throw Bad(name, "has more than the two dimensions of a matrix"),
    };

    StoredTensor Decodable(string name) =>
        TensorType.IsDecodable(this[name].Type) ? this[name] : throw Bad(name, "holds numbers of a type that cannot be used here");

    int ArrayLength(StoredTensor tensor, int width) =>
        tensor.Count <= Array.MaxLength / width ? (int)tensor.Count : throw Bad(tensor.Name, "is too large to be read at once");

    BadInputException Bad(string name, string what) => new($"{Path}: {this[name]} {what}");

    static SafeFileHandle OpenHandle(string path)
    {
        if (Directory.Exists(path)) throw new BadInputException($"{path}: is a folder; expected a safetensors file");
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException or PathTooLongException)
        {
            throw new BadInputException($"{path}: no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BadInputException($"{path}: cannot be read, permission denied", e);
        }
    }

    static long Length(string path, SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException e)
        {
            throw new BadInputException($"{path}: is a pipe or device; expected a file", e);
        }
    }

    static void ReadExactly(string path, SafeFileHandle handle, Span<byte> bytes, long position)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(handle, bytes, position);
            if (read == 0) throw new BadInputException($"{path}: ended at byte {position} while being read");
            bytes = bytes[read..];
            position += read;
        }
    }
}
