namespace Boltzmann.Inference;

/// <summary>Whether rows are what the visible units of a model take.</summary>
static class VisibleRows
{
    const int CheckedRows = 256;

    /// <summary>Throws unless the columns are as many as the units, and every value is one that they allow.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="visible">The layers of their columns; empty for a network, which takes any numbers.</param>
    /// <param name="advice">Ways out for a value that the units do not allow, for the message.</param>
    /// <exception cref="BadInputException">The message says which row and column.</exception>
    public static void Check(Dataset data, IReadOnlyList<Layer> visible, string advice = "")
    {
        if (visible.Count == 0) return;
        int columns = visible.Sum(layer => layer.Units);
        if (data.Columns != columns)
            throw new BadInputException($"{data.Name} has {data.Columns} columns, but the model {columns} visible units");
        // The columns' extremes may be known at once; rows need a look only when one is outside, to say which.
        if (visible.All(layer => layer.TakesWholeRange && layer.Values.IsBounded && layer.BlockColumns == 1)
            && AreInside(data.Statistics, visible)) return;
        var values = new double[data.Columns];
        RowGaps? gaps = data.Missing is null ? null : new(visible);
        int most = RowBatch.Of(data.Columns, CheckedRows);
        for (int first = 0; first < data.Count; first += most)
        {
            Matrix part = data.ToMatrix(first, Math.Min(most, data.Count - first), visible[0].Placement.Double);
            for (int r = 0; r < part.Rows; r++)
            {
                part.ReadRow(r, values);
                if ((gaps?.Fill(values) ?? Complaint(values, visible)) is string complaint)
                    throw new BadInputException($"{data.Name}: row {first + r + 1}, {complaint}{advice}");
            }
        }
    }

    static bool AreInside(ColumnStatistics columns, IReadOnlyList<Layer> visible)
    {
        int first = 0;
        foreach (Layer layer in visible)
        {
            for (int c = first; c < first + layer.Units; c++)
                if (!(columns.Minimum[c] >= layer.Values.Minimum && columns.Maximum[c] <= layer.Values.Maximum)) return false;
            first += layer.Units;
        }
        return true;
    }

    /// <summary>What is wrong with a row without gaps, in words; null if nothing is.</summary>
    public static string? Complaint(double[] row, IReadOnlyList<Layer> visible)
    {
        if (visible.Count == 1) return visible[0].Complaint(row);
        int first = 0;
        foreach (Layer layer in visible)
        {
            if (layer.Complaint(row.AsSpan(first, layer.Units)) is string complaint)
                return $"columns {first}-{first + layer.Units - 1}: {complaint}";
            first += layer.Units;
        }
        return null;
    }
}
