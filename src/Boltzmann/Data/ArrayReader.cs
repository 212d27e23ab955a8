using System.Buffers;

namespace Boltzmann.Data;

/// <summary>
/// Reads the entries of an array file once its header is understood: bytes stay bytes, numbers take the narrowest width that holds them.
/// </summary>
static class ArrayReader
{
    /// <summary>Uncompressed files at least this long are mapped instead of read, so that data may exceed memory.</summary>
    public const long MappedBytes = 256L << 20;

    /// <summary>Reads entries in row-major (C) or column-major (Fortran) order to the end of the input.</summary>
    /// <param name="input">Positioned behind the header.</param>
    /// <param name="shape">Checked against the input's length.</param>
    /// <param name="format">How a number is written.</param>
    /// <param name="fortran">The first axis varies fastest.</param>
    /// <param name="scale">What one step of a byte is worth; null to find out (<see cref="DefaultScale"/>). Truth values are 0 and
    /// 1.</param>
    /// <param name="missing">Whether NaN may occur, for values that are not known.</param>
    public static Rows Read(InputBytes input, ArrayShape shape, ElementFormat format, bool fortran, double? scale, bool missing = false)
    {
        if (format.IsText) throw new BadInputException($"{input.Name}: holds texts, expected an array of numbers");
        if (shape.Entries > Array.MaxLength) throw new BadInputException($"{input.Name}: {shape.Entries} numbers do not fit into memory: "
            + "expected an uncompressed file in row-major order, which can be mapped");
        int[]? places = fortran && shape.Axes.Length > 1 ? FortranColumns(shape.Axes) : null;
        if (format.IsByte)
        {
            var bytes = new byte[shape.Entries];
            input.Read(bytes, "the entries");
            input.RequireEnd();
            if (places is not null) bytes = Transpose(bytes, shape, places);
            if (format.Kind == ElementKind.Boolean)
                foreach (ref byte x in bytes.AsSpan()) x = Math.Min(x, (byte)1);
            if (format.Kind == ElementKind.Boolean) return new ByteRows(bytes, shape.RowLength, 1);
            return new ByteRows(bytes, shape.RowLength, scale ?? DefaultScale(bytes)) { IsScaleFound = scale is null };
        }
        return format.FitsSingle ? ReadNumbers(input, shape, format, places, missing, new float[shape.Entries],
            (values, columns) => new NumberRows(values, columns))
            : ReadNumbers(input, shape, format, places, missing, new double[shape.Entries],
                (values, columns) => new NumberRows(values, columns));
    }

    /// <summary>Bytes above this are taken for grey values of 0..255.</summary>
    public const byte MostCount = 16;

    /// <summary>
    /// What one step is worth where nobody says so: bytes of 0 and 1 are bits, those with one above <see cref="MostCount"/> grey values of
    /// 0..255, and others counts, whose greatest becomes 1.
    /// </summary>
    public static double DefaultScale(ReadOnlySpan<byte> bytes) => ScaleOf(Greatest(bytes));

    /// <summary>The greatest byte, or any that is above <see cref="MostCount"/>.</summary>
    public static byte Greatest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyExceptInRange((byte)0, MostCount) is >= 0 and int grey) return bytes[grey];
        for (byte most = MostCount; most > 0; most--)
            if (bytes.Contains(most)) return most;
        return 0;
    }

    /// <summary>The step for the greatest byte of all.</summary>
    public static double ScaleOf(byte greatest) => greatest > MostCount ? 1.0 / 255 : 1.0 / Math.Max((byte)1, greatest);

    static Rows ReadNumbers<T>(InputBytes input, ArrayShape shape, ElementFormat format, int[]? places, bool missing, T[] values, Func<T[],
        int, Rows> rows) where T : struct, System.Numerics.INumberBase<T>
    {
        const int Chunk = 4096;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Chunk * format.Bytes);
        var numbers = new double[Chunk];
        for (long first = 0; first < values.Length; first += Chunk)
        {
            int count = (int)Math.Min(Chunk, values.Length - first);
            input.Read(bytes.AsSpan(0, count * format.Bytes), "the entries");
            format.Decode(bytes, numbers.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                long place = places is null ? first + i : (first + i) % shape.Rows * shape.Columns + places[(first + i) / shape.Rows];
                if (!double.IsFinite(numbers[i]) && !(missing && double.IsNaN(numbers[i]))) throw new BadInputException($"{input.Name}: "
                    + $"{shape.Where(place)} is {numbers[i]}: expected a finite number");
                values[place] = T.CreateTruncating(numbers[i]);
            }
        }
        ArrayPool<byte>.Shared.Return(bytes);
        input.RequireEnd();
        return rows(values, shape.RowLength);
    }

    static byte[] Transpose(byte[] bytes, ArrayShape shape, int[] places)
    {
        var result = new byte[bytes.Length];
        for (int rest = 0; rest < shape.Columns; rest++)
            for (int r = 0; r < shape.Rows; r++)
                result[(long)r * shape.Columns + places[rest]] = bytes[(long)rest * shape.Rows + r];
        return result;
    }

    // Fortran order runs through the first axis fastest, so what remains of an index after the row is the place within a row counted
    // with its first axis fastest; this gives for each such number the row-major column.
    static int[] FortranColumns(long[] axes)
    {
        long columns = 1;
        foreach (long axis in axes.AsSpan(1)) columns *= axis;
        var places = new int[columns];
        for (int f = 0; f < places.Length; f++)
        {
            long rest = f, place = 0, stride = columns;
            for (int axis = 1; axis < axes.Length; axis++)
            {
                stride /= axes[axis];
                place += rest % axes[axis] * stride;
                rest /= axes[axis];
            }
            places[f] = (int)place;
        }
        return places;
    }
}
