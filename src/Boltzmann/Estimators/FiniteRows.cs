namespace Boltzmann.Estimators;

/// <summary>Rows that an estimator can use.</summary>
static class FiniteRows
{
    /// <summary>The rows as they are.</summary>
    /// <exception cref="BadInputException">There are none, or a value is not finite.</exception>
    public static Dataset Require(Dataset data)
    {
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        var row = new double[data.Columns];
        for (int r = 0; r < data.Count; r++)
        {
            data.Rows.Read(r, row);
            int bad = Array.FindIndex(row, value => !double.IsFinite(value));
            if (bad >= 0)
                throw new BadInputException($"{data.Name}: row {r + 1}, column {bad + 1} is {row[bad]}: expected a finite number");
        }
        return data;
    }
}
