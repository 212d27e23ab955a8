namespace Boltzmann.Experiments;

/// <summary>Rows of a table as units: numbers in their own units of measure, words as 0 and 1; NaN for gaps.</summary>
/// <param name="rows">The units.</param>
/// <param name="classes">Those of the column of classes.</param>
sealed class UnitTable(Dataset rows, Range classes)
{
    readonly double[][] values = [.. Enumerable.Range(0, rows.Count).Select(r =>
    {
        var row = new double[rows.Columns];
        rows.Rows.Read(r, row);
        return row;
    })];

    /// <summary>How many classes there are.</summary>
    public int ClassCount => Math.Max(2, ClassUnits);

    /// <summary>The class of each row.</summary>
    public int[] Classes => [.. values.Select(row => ClassUnits == 1 ? (int)row[classes.Start.Value] : row.AsSpan(classes).IndexOf(1))];

    int ClassUnits => classes.End.Value - classes.Start.Value;

    /// <summary>The mean of a unit, over rows that have it.</summary>
    public double Mean(int unit) => rows.Statistics.Means[unit];

    /// <summary>The values of a unit, rising.</summary>
    public double[] Sorted(int unit) => [.. values.Select(row => row[unit]).Where(x => !double.IsNaN(x)).Order()];

    /// <summary>The units but those of the class, with mean 0 and deviation 1 in other rows; gaps have the mean.</summary>
    /// <param name="scale">The rows that have it.</param>
    /// <param name="placement">Where they shall be.</param>
    public Matrix Features(UnitTable scale, Placement placement)
    {
        int[] units = [.. Enumerable.Range(0, rows.Columns).Where(u => u < classes.Start.Value || u >= classes.End.Value)];
        var features = new Matrix(values.Length, units.Length, placement);
        double[] deviations = [.. units.Select(scale.Deviation)];
        for (int r = 0; r < values.Length; r++)
            features.WriteRow(r, [.. units.Select((u, i) => double.IsNaN(values[r][u]) ? 0
                : (values[r][u] - scale.Mean(u)) / (deviations[i] > 0 ? deviations[i] : 1))]);
        return features;
    }

    /// <summary>Correlations of all pairs of units, over rows that have both; NaN where a unit never changes.</summary>
    public double[,] Correlations()
    {
        int units = rows.Columns;
        double[][] standard = [.. Enumerable.Range(0, units).Select(u =>
        {
            double mean = Mean(u), deviation = Deviation(u);
            return Array.ConvertAll(values, row => deviation > 0 ? (row[u] - mean) / deviation : double.NaN);
        })];
        var correlations = new double[units, units];
        for (int i = 0; i < units; i++)
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                int count = 0;
                for (int r = 0; r < values.Length; r++)
                {
                    double product = standard[i][r] * standard[j][r];
                    if (double.IsNaN(values[r][i]) || double.IsNaN(values[r][j])) continue;
                    sum += product;
                    count++;
                }
                correlations[i, j] = correlations[j, i] = sum / count;
            }
        return correlations;
    }

    double Deviation(int unit) => Math.Sqrt(rows.Statistics.Variances[unit]);
}
