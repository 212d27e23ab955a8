namespace Boltzmann.Estimators;

/// <summary>Rows that an estimator can use.</summary>
static class FiniteRows
{
    /// <summary>The rows as they are.</summary>
    /// <exception cref="BadInputException">There are none, or a value is not finite.</exception>
    public static Dataset Require(Dataset data) => Checked(data, allowsGaps: false);

    /// <summary>The rows with NaN for values that are absent.</summary>
    /// <exception cref="BadInputException">There are none, or a value is infinite.</exception>
    public static Dataset RequireOrGaps(Dataset data) => Checked(data, allowsGaps: true);

    static Dataset Checked(Dataset data, bool allowsGaps)
    {
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        var row = new double[data.Columns];
        bool hasGaps = false;
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            hasGaps |= allowsGaps && Array.Exists(row, double.IsNaN);
            int bad = Array.FindIndex(row, value => !(double.IsFinite(value) || (allowsGaps && double.IsNaN(value))));
            if (bad >= 0)
                throw new BadInputException($"{data.Name}: row {r + 1}, column {bad + 1} is {row[bad]}: expected a finite number");
        }
        return hasGaps ? data.WithGaps(MissingValues.Absent) : data.WithGaps(null);
    }
}
