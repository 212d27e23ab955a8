namespace Boltzmann.Training;

/// <summary>
/// Bounds learned precisions. A column that follows from the others leaves no noise, and its likelihood grows without end as its precision
/// does: each step multiplies it.
/// </summary>
/// <param name="model">The machine.</param>
/// <param name="greatest">The greatest precision.</param>
sealed class GreatestPrecision(EnergyModel model, double greatest) : IConstraint
{
    /// <summary>
    /// For columns of deviation 1: noise of a thousandth of the deviation. γx²/2 is then half a million nats, of which single precision
    /// resolves 1/32; beyond that, energies are rounding.
    /// </summary>
    public const double OfScaledColumns = 1 << 20;

    readonly Matrix[] precisions = [.. model.Parameters.Where(p => p.IsPositive && !p.IsFixed).Select(p => p.Value)];

    /// <inheritdoc/>
    public void Apply()
    {
        foreach (Matrix precision in precisions)
            if (precision.Summarize().Maximum > greatest)
                precision.WriteRow(0, Array.ConvertAll(precision.ReadRow(0), value => Math.Min(value, greatest)));
    }
}
