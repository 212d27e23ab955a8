using System.Buffers.Binary;

namespace Boltzmann.Data;

/// <summary>
/// Reads IDX files, the format of MNIST, plain or gzip: two zero bytes, a type, the number of axes, each axis as a big-endian 32-bit
/// length, then the entries, big-endian, last axis fastest.
/// </summary>
public static class IdxReader
{
    /// <summary>Reads rows. The first axis counts them; with three axes, a row is a picture.</summary>
    /// <param name="path">The file. Plain files of 256 MB and more are mapped.</param>
    /// <param name="scale">What one step of a byte is worth; null to find out:
    /// 1 where all are 0 or 1, 1/255 where one is above 16, else 1 by the greatest.</param>
    /// <exception cref="BadInputException">The file is missing, truncated, oversized, damaged or not IDX; the message says
    /// which.</exception>
    public static Dataset Read(string path, double? scale = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, scale, input.MappedPath);
    }

    /// <summary>Reads class labels: one axis of integers of 0 or more.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, truncated, oversized, damaged, not IDX, or holds something other than
    /// labels.</exception>
    public static int[] ReadLabels(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        return ReadLabels(input);
    }

    internal static Dataset Read(InputBytes input, double? scale = null, string? mapped = null)
    {
        var (shape, format) = ReadHeader(input);
        Rows rows = mapped is null ? ArrayReader.Read(input, shape, format, fortran: false, scale)
            : new MappedRows(mapped, input.Position, shape.Rows, shape.Columns, format, scale);
        return new(Path.GetFileName(input.Name), rows) { Image = shape.Image };
    }

    internal static int[] ReadLabels(InputBytes input)
    {
        var (shape, format) = ReadHeader(input);
        if (shape.Axes.Length != 1 || format.Kind == ElementKind.Float)
            throw new BadInputException($"{input.Name}: expected labels, one axis of integers");
        return ClassLabels.Of(ArrayReader.Read(input, shape, format, fortran: false, scale: 1), input.Name);
    }

    static (ArrayShape Shape, ElementFormat Format) ReadHeader(InputBytes input)
    {
        Span<byte> magic = stackalloc byte[4];
        input.Read(magic, "the header");
        ElementFormat format = magic[2] switch
        {
            0x08 => new(ElementKind.Unsigned, 1, true),
            0x09 => new(ElementKind.Signed, 1, true),
            0x0B => new(ElementKind.Signed, 2, true),
            0x0C => new(ElementKind.Signed, 4, true),
            0x0D => new(ElementKind.Float, 4, true),
            0x0E => new(ElementKind.Float, 8, true),
            _ => default,
        };
        if (magic[0] != 0 || magic[1] != 0 || format == default || magic[3] == 0)
            throw new BadInputException($"{input.Name}: begins with 0x{Convert.ToHexString(magic)}, expected IDX (0x00000803 for pictures, "
                + "0x00000801 for labels)");
        var axes = new long[magic[3]];
        Span<byte> axis = stackalloc byte[4];
        for (int i = 0; i < axes.Length; i++)
        {
            input.Read(axis, "the header");
            axes[i] = BinaryPrimitives.ReadUInt32BigEndian(axis);
        }
        return (ArrayShape.Check(input, axes, format.Bytes), format);
    }
}
