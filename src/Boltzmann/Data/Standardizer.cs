namespace Boltzmann.Data;

/// <summary>x ↦ (x − mean)/σ per column: mean 0 and variance 1 on the data it was fitted to.</summary>
/// <param name="Means">Mean of each column.</param>
/// <param name="StandardDeviations">σ of each column (over n, not n − 1); 1 for a constant column, which so becomes 0.</param>
public sealed record Standardizer(double[] Means, double[] StandardDeviations) : AffineScaling
{
    /// <inheritdoc/>
    protected override double[] Shift => Means;

    /// <inheritdoc/>
    protected override double[] Scale => StandardDeviations;

    /// <summary>Learns the statistics of a dataset, by row weights where it has them.</summary>
    /// <exception cref="BadInputException">A value is so large that its column has no finite variance; the message says which.</exception>
    public static Standardizer Fit(Dataset dataset)
    {
        ColumnStatistics columns = dataset.Statistics;
        int bad = Array.FindIndex(columns.Variances, variance => !double.IsFinite(variance));
        if (bad >= 0 && double.IsFinite(columns.Minimum[bad]) && double.IsFinite(columns.Maximum[bad]))
            throw NumberRange.TooLarge(dataset, bad, "to be standardised");
        return new(columns.Means, [.. columns.Variances.Select(variance => variance > 0 ? Math.Sqrt(variance) : 1)]);
    }
}
