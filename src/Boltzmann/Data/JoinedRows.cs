namespace Boltzmann.Data;

/// <summary>Rows of several arrays in one, by copying: bytes stay bytes, whose worth all of them settle together.</summary>
static class JoinedRows
{
    /// <summary>The rows, one array after the other, all of one width.</summary>
    public static Rows Of(IReadOnlyList<Rows> parts)
    {
        int columns = parts[0].Columns;
        long entries = parts.Sum(part => (long)part.Count * columns);
        if (entries > Array.MaxLength) throw new BadInputException($"{entries} numbers do not fit into memory: expected fewer sequences, "
            + "or an uncompressed NPY file, which can be mapped");
        if (parts.All(part => part is ByteRows)) return Bytes([.. parts.Cast<ByteRows>()], new byte[entries]);
        bool areSingle = parts.All(part => part is ByteRows or NumberRows { IsSingle: true });
        double[] doubles = areSingle ? [] : new double[entries];
        float[] singles = areSingle ? new float[entries] : [];
        var row = new double[columns];
        int place = 0;
        foreach (Rows part in parts)
        {
            Rows numbers = Counted(part);
            for (int r = 0; r < numbers.Count; r++)
            {
                numbers.Read(r, row);
                foreach (double value in row)
                {
                    if (areSingle) singles[place++] = (float)value;
                    else doubles[place++] = value;
                }
            }
        }
        return areSingle ? new NumberRows(singles, columns) : new NumberRows(doubles, columns);
    }

    // Beside other numbers bytes are numbers, too.
    static Rows Counted(Rows part) => part.WithFoundStep(1);

    static ByteRows Bytes(ByteRows[] parts, byte[] bytes)
    {
        int place = 0;
        foreach (ByteRows part in parts)
            for (int r = 0; r < part.Count; r++, place += part.Columns) part[r].CopyTo(bytes.AsSpan(place));
        return new(bytes, parts[0].Columns, ArrayReader.DefaultScale(bytes)) { IsScaleFound = true };
    }
}
