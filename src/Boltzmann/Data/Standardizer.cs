namespace Boltzmann;

/// <summary>x ↦ (x − mean)/σ per column: mean 0 and variance 1 on the data it was fitted to.</summary>
/// <param name="Means">Mean of each column.</param>
/// <param name="StandardDeviations">σ of each column (over n, not n − 1); 1 for a constant column, which so becomes 0.</param>
public sealed record Standardizer(double[] Means, double[] StandardDeviations) : Scaling
{
    /// <inheritdoc/>
    protected override double[] Shift => Means;

    /// <inheritdoc/>
    protected override double[] Scale => StandardDeviations;

    /// <summary>Learns the statistics of a dataset, by row weights where it has them.</summary>
    public static Standardizer Fit(Dataset dataset)
    {
        ColumnStatistics columns = dataset.Statistics;
        return new(columns.Means, [.. columns.Variances.Select(variance => variance > 0 ? Math.Sqrt(variance) : 1)]);
    }
}
