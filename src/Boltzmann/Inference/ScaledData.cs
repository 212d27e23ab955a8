namespace Boltzmann.Inference;

/// <summary>Data in the units that a model takes.</summary>
static class ScaledData
{
    /// <summary>
    /// Rows after what training did to its own. Rows that were not there when a range was found may lie outside of it; where binary
    /// units allow no more than 0..1 these are cut to that, and it is said.
    /// </summary>
    /// <exception cref="BadInputException">A value does not fit the precision that the model computes in; the message says
    /// which.</exception>
    public static Dataset Of(Dataset data, Scaling? scaling, bool isBinary, Action<string> warn, Precision precision)
    {
        NumberRange.Check(data, scaling, precision);
        if (scaling is null) return data;
        Dataset scaled = scaling.Transform(data);
        if (scaling is not MinMaxScaler || !isBinary) return scaled;
        // The ends of a column are those of its values, and scaled in the same way.
        double[] least = data.Minimum(), greatest = data.Maximum();
        scaling.Transform(least.AsSpan());
        scaling.Transform(greatest.AsSpan());
        if (!Array.Exists(least, x => x < 0) && !Array.Exists(greatest, x => x > 1)) return scaled;
        var row = new double[scaled.Columns];
        int outside = 0;
        for (int r = 0; r < scaled.Count; r++)
        {
            scaled.Rows.Read(r, row);
            if (Array.Exists(row, x => x is < 0 or > 1)) outside++;
        }
        if (outside == 0) return scaled;
        warn($"{data.Name}: {outside} of {data.Count} rows leave the range of the training rows somewhere; cut to 0..1 there");
        return ChangedRows.Of(scaled, values =>
        {
            foreach (ref double x in values) x = Math.Clamp(x, 0, 1);
        });
    }
}
