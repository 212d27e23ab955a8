namespace Boltzmann.Inference;

/// <summary>Rows some of whose values are missing, and that sampling is to complete.</summary>
static class PartialRows
{
    /// <summary>Reads the known values and scales them as the model's training did.</summary>
    /// <param name="path">NPY, where NaN stands for a missing value, or any other file that may have some, such as a table.</param>
    /// <param name="loaded">The model.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="source">What bytes are divided by.</param>
    /// <param name="note">Told what was done to bytes.</param>
    /// <exception cref="BadInputException">The file cannot be read, is as wide as no layer, or a known value is none that the units
    /// allow.</exception>
    public static KnownUnits Read(string path, LoadedModel loaded, int? most, RowSource source, Action<string> note)
    {
        bool isArray = Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
        Dataset data = isArray ? source.OpenWithMissing(path) : source.Open(path, new() { Missing = MissingValues.Unknown });
        if (data.Columns != loaded.Model.Columns)
            throw new BadInputException($"{path} has {data.Columns} columns, but {loaded.Path} has {loaded.Model.Columns} visible units");
        if (source.NoteOf(path, data) is string step) note(step);
        return Of(data.Named(path), loaded, most);
    }

    /// <summary>Takes the known values and scales them as the model's training did.</summary>
    /// <param name="data">As wide as the model; NaN stands for a missing value.</param>
    /// <param name="loaded">The model.</param>
    /// <param name="most">Rows at most; null for all.</param>
    /// <exception cref="BadInputException">There are no rows, or a known value is none that the units allow.</exception>
    public static KnownUnits Of(Dataset data, LoadedModel loaded, int? most)
    {
        IReadOnlyList<Layer> visible = loaded.Model.RowLayers;
        int columns = data.Columns;
        Placement placement = loaded.Model.Placement;
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        int count = Math.Min(most ?? data.Count, data.Count);
        Matrix mask = new(count, columns, placement), values = new(count, columns, placement);
        double[] row = new double[columns], isKnown = new double[columns], filled = new double[columns], zeros = new double[columns];
        var gaps = new RowGaps(visible);
        for (int r = 0; r < count; r++)
        {
            data.Rows.Read(r, row);
            for (int c = 0; c < row.Length; c++) isKnown[c] = double.IsNaN(row[c]) ? 0 : 1;
            loaded.Data.Scaling?.Transform(row);
            if (Array.FindIndex(row, x => !double.IsNaN(x) && !NumberRange.Fits(x, placement.Precision)) is >= 0 and int large)
            {
                string precision = NumberRange.Name(placement.Precision);
                throw new BadInputException($"{data.Name}: row {r + 1}, column {large + 1}: the value is too large for {precision}");
            }
            if (SpinValues.Complaint(row, loaded.SpinColumns, loaded.IsBinarized, hasMissing: true) is string odd)
                throw new BadInputException($"{data.Name}: row {r + 1}, {odd}");
            SpinValues.ToMeans(row, loaded.SpinColumns);
            row.CopyTo(filled, 0);
            if ((gaps.Fill(filled) ?? VisibleRows.Complaint(filled, visible)) is string complaint)
                throw new BadInputException($"{data.Name}: row {r + 1}, {complaint}");
            MissingEntries.Fill(row, zeros);
            mask.WriteRow(r, isKnown);
            values.WriteRow(r, row);
        }
        return new(mask, values);
    }
}
