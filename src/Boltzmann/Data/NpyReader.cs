namespace Boltzmann.Data;

/// <summary>
/// Reads NumPy arrays (NPY 1.0 to 3.0): Booleans, integers and floating-point numbers of any width and byte order, in C or Fortran order.
/// Objects and records are refused.
/// </summary>
public static class NpyReader
{
    /// <summary>Reads rows. The first axis counts them; with three axes, a row is a picture.</summary>
    /// <param name="path">The file. Row-major files of 256 MB and more are mapped.</param>
    /// <param name="scale">For arrays of bytes, what one step is worth; null to find out:
    /// 1 where all are 0 or 1, 1/255 where one is above 16, else 1 by the greatest.</param>
    /// <exception cref="BadInputException">The file is missing, truncated, oversized, damaged, not NPY, or holds no finite
    /// numbers.</exception>
    public static Dataset Read(string path, double? scale = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, scale, input.MappedPath);
    }

    /// <summary>Reads rows in which NaN stands for a value that is not known, and may so occur; infinities may not.</summary>
    /// <param name="path">The file; read into memory whatever its size.</param>
    /// <param name="scale">For arrays of bytes, as for <see cref="Read(string, double?)"/>.</param>
    /// <exception cref="BadInputException">As for <see cref="Read(string, double?)"/>.</exception>
    public static Dataset ReadWithMissing(string path, double? scale = null)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input, scale, missing: true);
    }

    /// <summary>Reads class labels: a column of integers of 0 or more.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, truncated, oversized, damaged, not NPY, or holds something other than
    /// labels.</exception>
    public static int[] ReadLabels(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        return ReadLabels(input);
    }

    internal static int[] ReadLabels(InputBytes input) => ClassLabels.Of(Read(input, scale: 1).Rows, input.Name);

    internal static Dataset Read(InputBytes input, double? scale = null, string? mapped = null, bool missing = false)
    {
        NpyHeader header = NpyHeader.Read(input);
        ArrayShape shape = ArrayShape.Check(input, header.Axes, header.Format.Bytes);
        bool canMap = (!header.Fortran || shape.Axes.Length == 1) && !header.Format.IsText;
        Rows rows = mapped is not null && canMap ? new MappedRows(mapped, input.Position, shape.Rows, shape.Columns, header.Format,
            scale)
            : ArrayReader.Read(input, shape, header.Format, header.Fortran, scale, missing);
        return new(Path.GetFileName(input.Name), rows) { Image = shape.Image };
    }
}
