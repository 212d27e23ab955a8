namespace Boltzmann.Data;

/// <summary>x ↦ (x − min)/(max − min) per column: 0..1 on the data it was fitted to. Other data may fall outside.</summary>
/// <param name="Minimum">Least value of each column.</param>
/// <param name="Range">Greatest less least value of each column; 1 for a constant column, which so becomes 0.</param>
public sealed record MinMaxScaler(double[] Minimum, double[] Range) : AffineScaling
{
    /// <inheritdoc/>
    protected override double[] Shift => Minimum;

    /// <inheritdoc/>
    protected override double[] Scale => Range;

    /// <summary>Learns the extremes of a dataset.</summary>
    /// <exception cref="BadInputException">Values are so large that their range is not finite; the message says which and
    /// where.</exception>
    public static MinMaxScaler Fit(Dataset dataset)
    {
        ColumnStatistics columns = dataset.Statistics;
        int bad = Array.FindIndex([.. columns.Maximum.Zip(columns.Minimum, (high, low) => high - low)], double.IsInfinity);
        if (bad >= 0 && double.IsFinite(columns.Minimum[bad]) && double.IsFinite(columns.Maximum[bad]))
            throw NumberRange.TooLarge(dataset, bad, "to be brought to a range");
        return new(columns.Minimum, [.. columns.Maximum.Zip(columns.Minimum, (high, low) => high > low ? high - low : 1)]);
    }
}
