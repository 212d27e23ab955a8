namespace Boltzmann.Data;

/// <summary>
/// Collects numbers of unknown count from a text: as bytes while all are whole numbers of 0..255 written so, as single precision while
/// that holds every one exactly, else in double precision. A table of pixels so takes a byte each.
/// </summary>
sealed class NumberBuffer(string name)
{
    byte[]? bytes = new byte[256];
    float[]? singles;
    double[]? doubles;
    int count;

    public long Count => count;

    public void Add(double value)
    {
        if (bytes is not null)
        {
            if (value is >= 0 and <= 255 && value == (byte)value)
            {
                Grow(ref bytes);
                bytes[count++] = (byte)value;
                return;
            }
            singles = Array.ConvertAll(bytes, x => (float)x);
            bytes = null;
        }
        if (singles is not null)
        {
            if ((float)value == value || double.IsNaN(value))
            {
                Grow(ref singles);
                singles[count++] = (float)value;
                return;
            }
            doubles = Array.ConvertAll(singles, x => (double)x);
            singles = null;
        }
        Grow(ref doubles!);
        doubles[count++] = value;
    }

    /// <summary>The rows. Bytes get the given scale, or 1; other numbers are what they are.</summary>
    public Rows ToRows(int columns, double? scale = null)
    {
        if (bytes is not null) return new ByteRows(bytes.AsSpan(0, count).ToArray(), columns, scale ?? 1);
        if (singles is not null) return new NumberRows(singles.AsSpan(0, count).ToArray(), columns);
        return new NumberRows(doubles.AsSpan(0, count).ToArray(), columns);
    }

    void Grow<T>(ref T[] values)
    {
        if (count == Array.MaxLength) throw new BadInputException($"{name}: more than {Array.MaxLength} numbers of a text do not fit into "
            + "memory: expected NPY or IDX, which can be mapped");
        if (count == values.Length) Array.Resize(ref values, (int)Math.Min(Array.MaxLength, 2L * count));
    }
}
