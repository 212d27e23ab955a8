namespace Boltzmann.Runs;

/// <summary>Whether data spread about as far as the Gaussian units that take them.</summary>
static class UnitSpread
{
    // Of the widest column's deviation to its unit's: wider, and steps of learning are too large and chains never reach the data; narrower,
    // and the unit's own noise drowns them.
    const double Most = 3, Least = 0.1;

    /// <summary>What is wrong, in a sentence with the way out; null if nothing is.</summary>
    /// <param name="data">The rows as the model takes them.</param>
    /// <param name="layers">Those that take their columns, as they begin.</param>
    public static string? Complaint(Dataset data, IReadOnlyList<Layer> layers)
    {
        var gaussian = new List<(int Column, double Data, double Unit)>();
        int first = 0;
        foreach (Layer layer in layers)
        {
            if (layer.QuadraticPrecision is Matrix precision && layer.Values == UnitValues.Reals)
            {
                double[] precisions = precision.ReadRow(0);
                for (int i = 0; i < precisions.Length; i++)
                    gaussian.Add((first + i, Math.Sqrt(data.Statistics.Variances[first + i]), 1 / Math.Sqrt(precisions[i])));
            }
            first += layer.Units;
        }
        if (gaussian.Count == 0) return null;
        var widest = gaussian.MaxBy(c => c.Data / c.Unit);
        double ratio = widest.Data / widest.Unit;
        // Rows that are all the same spread nowhere, whatever they are scaled by.
        if (ratio is 0 or (>= Least and <= Most)) return null;
        string column = data.ColumnNames is { } names ? $"column '{names[widest.Column]}'" : $"column {widest.Column + 1}";
        return $"{data.Name}: {(ratio > 1 ? "" : "even ")}{column} has a standard deviation of {NumberText.Short(widest.Data, 3)}, "
            + $"far from the {NumberText.Short(widest.Unit, 3)} of its gaussian unit; --scale standardize makes it 1";
    }
}
