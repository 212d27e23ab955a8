using System.Buffers.Text;

namespace Boltzmann.Data;

/// <summary>
/// Reads numbers in a text separated by blanks, a row per line, plain or gzip (.amat, as binarised MNIST is kept). Single digits, a
/// character per pixel, take the fast way.
/// </summary>
public static class AmatReader
{
    const int LongestNumber = 64;

    /// <summary>Reads rows. Numbers are what they are: bytes are not scaled.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">The file is missing, truncated or damaged, empty, ragged, or has something other than finite
    /// numbers; with row and column.</exception>
    public static Dataset Read(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        return Read(input);
    }

    internal static Dataset Read(InputBytes input)
    {
        var buffer = new byte[1 << 16];
        var numbers = new NumberBuffer(input.Name);
        Span<byte> token = stackalloc byte[LongestNumber];
        int length = 0, columns = 0, column = 0, rows = 0, line = 1;
        while (true)
        {
            int read = input.ReadSome(buffer);
            for (int i = 0; i < read; i++)
            {
                byte x = buffer[i];
                if (x is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                {
                    if (length == LongestNumber) throw Bad(token, length, "is too long");
                    token[length++] = x;
                    continue;
                }
                if (length > 0) EndNumber(token);
                if (x == '\n') EndLine();
            }
            if (read < buffer.Length) break;
        }
        if (length > 0) EndNumber(token);
        EndLine();
        input.RequireEnd();
        if (rows == 0) throw new BadInputException($"{input.Name}: has no rows");
        return new(Path.GetFileName(input.Name), numbers.ToRows(columns)) { Image = Square(columns) };

        void EndNumber(ReadOnlySpan<byte> text)
        {
            double value = text[0] - '0';
            if ((length > 1 || value is < 0 or > 9)
                && (!Utf8Parser.TryParse(text[..length], out value, out int used) || used != length || !double.IsFinite(value)))
                throw Bad(text, length, "is not a finite number");
            numbers.Add(value);
            length = 0;
            column++;
            if (rows > 0 && column > columns)
                throw new BadInputException($"{input.Name}: line {line} has more than the {columns} columns of the first");
        }

        void EndLine()
        {
            line++;
            if (column == 0) return;
            if (rows == 0) columns = column;
            else if (column != columns)
                throw new BadInputException($"{input.Name}: line {line - 1} has {column} columns, expected {columns} as in the first");
            rows++;
            column = 0;
        }

        BadInputException Bad(ReadOnlySpan<byte> text, int count, string what) =>
            new($"{input.Name}: line {line}, column {column + 1}: {Quoted.Text(text[..count])} {what}");
    }

    // Such files do not say that they hold pictures; those of 28 × 28 pixels are known to.
    internal static ImageShape? Square(int columns) => columns == 784 ? new(28, 28) : null;
}
