namespace Boltzmann.Cli;

/// <summary>Whether rows are what the visible units of a model take.</summary>
static class VisibleRows
{
    const int CheckedRows = 256;

    /// <summary>Throws unless the columns are as many as the units, and every value is one that they allow.</summary>
    /// <exception cref="BadInputException">The message says which row and column.</exception>
    public static void Check(Dataset data, Layer visible)
    {
        if (data.Columns != visible.Units) throw new BadInputException($"{data.Name} has {data.Columns} columns, but the model {visible.Units} visible units");
        // The columns' extremes may be known at once; rows need a look only when one is outside, to say which.
        if (visible is BernoulliLayer && data.Statistics is { } columns && columns.Minimum.Min() >= 0 && columns.Maximum.Max() <= 1) return;
        var values = new double[data.Columns];
        for (int first = 0; first < data.Count; first += CheckedRows)
        {
            Matrix part = data.ToMatrix(first, Math.Min(CheckedRows, data.Count - first), visible.Placement.Double);
            for (int r = 0; r < part.Rows; r++)
            {
                part.ReadRow(r, values);
                if (visible.Complaint(values) is string complaint) throw new BadInputException($"{data.Name}: row {first + r + 1}, {complaint}");
            }
        }
    }
}
