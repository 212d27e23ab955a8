namespace Boltzmann.Reporting;

/// <summary>Which values of a sheet of tiles become the ends of the colour scale.</summary>
public sealed record TileRange
{
    readonly double low, high, fraction;
    readonly bool measured;

    TileRange(double low, double high) => (this.low, this.high) = (low, high);

    TileRange(double fraction, bool perTile)
    {
        if (!(fraction > 0.5 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), $"the fraction lies in (0.5, 1], not {fraction}");
        (this.fraction, IsPerTile, measured) = (fraction, perTile, true);
    }

    /// <summary>0 to 1: probabilities and pixels.</summary>
    public static TileRange Unit { get; } = Fixed(0, 1);

    /// <summary>
    /// For rows of units of these layers: their least and greatest value, 0 and 1 for Bernoulli units, −1 and 1 for spins; each tile's own
    /// ends for units without such and for mixtures.
    /// </summary>
    /// <param name="layers">The layers that a row shows.</param>
    public static TileRange Of(IReadOnlyList<Layer> layers) =>
        layers is [{ Values: { IsBounded: true, Minimum: double low, Maximum: double high } }, ..]
            && layers.All(layer => layer.Values.Minimum == low && layer.Values.Maximum == high) ? Fixed(low, high) : PerTile();

    /// <summary>Given ends.</summary>
    /// <exception cref="ArgumentException">The ends are not finite and rising.</exception>
    public static TileRange Fixed(double low, double high) => double.IsFinite(low) && double.IsFinite(high) && low < high
        ? new(low, high)
        : throw new ArgumentException($"a range rises between finite ends, not from {low} to {high}");

    /// <summary>The same ends for all tiles, so that they can be compared: quantiles of all their values.</summary>
    /// <param name="fraction">Share of the values on the scale; the rest, outliers, take the end colours.</param>
    public static TileRange Common(double fraction = 0.998) => new(fraction, perTile: false);

    /// <summary>Ends of its own for each tile, so that weak tiles are as visible as strong ones.</summary>
    /// <param name="fraction">Share of the values on the scale; the rest, outliers, take the end colours.</param>
    public static TileRange PerTile(double fraction = 0.998) => new(fraction, perTile: true);

    internal bool IsPerTile { get; }

    /// <summary>The ends for some values; infinite and missing values do not count, and equal ends move apart.</summary>
    internal (double Low, double High) Ends(IEnumerable<double> values, bool symmetric)
    {
        if (!measured) return (low, high);
        double[] sorted = [.. values.Where(double.IsFinite).Select(v => symmetric ? Math.Abs(v) : v)];
        Array.Sort(sorted);
        if (sorted.Length == 0) return symmetric ? (-1, 1) : (0, 1);
        if (symmetric)
        {
            double largest = Quantile(sorted, fraction);
            if (largest == 0) largest = sorted[^1] > 0 ? sorted[^1] : 1;
            return (-largest, largest);
        }
        double bottom = Quantile(sorted, 1 - fraction), top = Quantile(sorted, fraction);
        if (bottom == top) (bottom, top) = (sorted[0], sorted[^1]);
        double apart = Math.Max(0.5, Math.Abs(bottom) / 2);
        return bottom < top ? (bottom, top) : (bottom - apart, bottom + apart);
    }

    static double Quantile(double[] sorted, double fraction) => sorted[(int)Math.Round(fraction * (sorted.Length - 1))];
}
