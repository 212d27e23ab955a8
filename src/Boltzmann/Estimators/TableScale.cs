namespace Boltzmann.Estimators;

/// <summary>Columns of numbers brought to mean 0 and variance 1 on the rows it was fitted to, by way of their normal scores or
/// not.</summary>
sealed class TableScale(ScalingByColumn? scores, Standardizer standardizer)
{
    /// <summary>Learns the statistics of all rows.</summary>
    /// <exception cref="BadInputException">A number is too large.</exception>
    public static TableScale Fit(Dataset data, bool normalScores)
    {
        ScalingByColumn? scores = normalScores ? ScalingByColumn.Fit(data, DataScale.NormalScores, _ => ColumnType.Real) : null;
        return new(scores, Standardizer.Fit(scores is null ? data : scores.Transform(data)));
    }

    /// <summary>Rows scaled as they are read.</summary>
    public Dataset Transform(Dataset data) => standardizer.Transform(scores is null ? data : scores.Transform(data));

    /// <summary>A scaled number in the units of its column.</summary>
    public double Inverse(int column, double value)
    {
        double back = value * standardizer.StandardDeviations[column] + standardizer.Means[column];
        return scores?.Scales[column] is ColumnScale scale ? scale.Inverse(back) : back;
    }
}
