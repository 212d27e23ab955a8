namespace Boltzmann.Inference;

/// <summary>Columns that are given by name and value.</summary>
static class GivenColumns
{
    /// <summary>The same known units for so many chains.</summary>
    /// <param name="given">NAME=VALUE, the value in the words of the table.</param>
    /// <param name="loaded">The model.</param>
    /// <param name="chains">How many.</param>
    /// <exception cref="BadInputException">There is no such column or value, or one is given twice.</exception>
    public static KnownUnits Read(IReadOnlyList<string> given, LoadedModel loaded, int chains)
    {
        TableSchema schema = loaded.Words;
        double[] mask = new double[loaded.Columns], row = new double[loaded.Columns];
        foreach (string pair in given)
        {
            int column = ColumnOf(pair, schema, out string value);
            int first = schema.UnitsOf(column).Start.Value;
            if (schema.Columns[column].Units > 0 && mask[first] != 0)
                throw new BadInputException($"--given has {Quoted.Text(schema.Columns[column].Name)} twice");
            double[] units = schema.UnitsFor(column, value);
            units.CopyTo(row, first);
            mask.AsSpan(first, units.Length).Fill(1);
        }
        loaded.Data.Scaling?.Transform(row);
        if (VisibleRows.Complaint(Typical(row, mask, loaded), loaded.RowLayers) is string complaint)
            throw new BadInputException($"--given: {complaint}");
        var values = new Matrix(chains, row.Length, loaded.Placement);
        for (int r = 0; r < chains; r++) values.WriteRow(r, row);
        return new(Matrix.Row(mask, loaded.Placement), values);
    }

    // The longest name that begins the text and is followed by a sign of equality: names may have such signs themselves.
    static int ColumnOf(string pair, TableSchema schema, out string value)
    {
        int found = -1;
        for (int c = 0; c < schema.Columns.Count; c++)
        {
            string name = schema.Columns[c].Name;
            bool begins = pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal);
            if (begins && (found < 0 || name.Length > schema.Columns[found].Name.Length)) found = c;
        }
        int sign = pair.IndexOf('=');
        if (found < 0 && sign > 0) schema.PlaceOf(pair[..sign]);
        if (found < 0) throw new BadInputException($"--given {pair}: expected COLUMN=VALUE, such as "
            + $"{schema.Columns[schema.Modelled[0]].Name}=…");
        value = pair[(schema.Columns[found].Name.Length + 1)..];
        return found;
    }

    static double[] Typical(double[] row, double[] mask, LoadedModel loaded)
    {
        double[] whole = [.. row.Select((x, u) => mask[u] == 0 ? double.NaN : x)];
        new RowGaps(loaded.RowLayers).Fill(whole);
        return whole;
    }
}
