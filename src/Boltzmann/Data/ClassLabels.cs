namespace Boltzmann.Data;

/// <summary>Turns what a file says of classes into numbers from 0.</summary>
static class ClassLabels
{
    /// <summary>The greatest label: above it, a column is hardly one of classes.</summary>
    public const int Most = 65_535;

    /// <summary>The labels in a column of whole numbers.</summary>
    public static int[] Of(Rows rows, string name)
    {
        if (rows.Columns != 1) throw new BadInputException($"{name}: has {rows.Columns} columns, expected one label per row");
        var labels = new int[rows.Count];
        Span<double> value = stackalloc double[1];
        for (int r = 0; r < labels.Length; r++)
        {
            rows.Read(r, value);
            if (value[0] is < 0 or > Most || value[0] != Math.Truncate(value[0]))
                throw new BadInputException($"{name}: row {r + 1} is {value[0]}: expected a label from 0 to {Most}");
            labels[r] = (int)value[0];
        }
        return labels;
    }

    /// <summary>"0", "1", … up to the greatest label.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<int> labels)
    {
        int most = -1;
        foreach (int label in labels) most = Math.Max(most, label);
        return [.. Enumerable.Range(0, most + 1).Select(label => label.ToString())];
    }
}
