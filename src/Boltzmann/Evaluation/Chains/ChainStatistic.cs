namespace Boltzmann.Evaluation;

/// <summary>One number followed along the chains of a sampler.</summary>
/// <param name="Name">"energy", "free energy", "visible activity", "hidden activity" or "random projection"; see
/// <see cref="ChainDiagnostics"/>.</param>
/// <param name="Mean">Over all chains and sweeps.</param>
/// <param name="StandardDeviation">Around that mean.</param>
/// <param name="Time">Integrated autocorrelation time, in sweeps.</param>
/// <param name="EffectiveSampleSize">Number of values / τ.</param>
/// <param name="RHat">Split R̂; see <see cref="ChainSeries.SplitRHat"/>.</param>
public sealed record ChainStatistic(string Name, double Mean, double StandardDeviation, AutocorrelationTime Time,
    double EffectiveSampleSize, double RHat)
{
    /// <summary>
    /// Whether it had more than one value. A constant says nothing about mixing: it has no autocorrelation time, and no effective sample
    /// size.
    /// </summary>
    public bool DidChange => !double.IsNaN(Time.Value);

    /// <summary>
    /// The correlation of the number with itself half of the followed sweeps before, around the mean of all chains: 0 for chains that have
    /// forgotten where they were, 1 for chains that sit where they are; NaN for a constant.
    /// </summary>
    public double HalfCorrelation { get; init; } = double.NaN;

    /// <summary>Of the mean: deviation / √(effective sample size).</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(EffectiveSampleSize);

    /// <summary>Of a number along chains of equal length, one array per chain.</summary>
    internal static ChainStatistic Of(string name, double[][] chains)
    {
        AutocorrelationTime time = ChainSeries.IntegratedTime(chains);
        double count = (double)chains.Length * chains[0].Length;
        // Rounding of a sum would leave a constant a little off, by another little for other numbers of chains.
        double mean = double.IsNaN(time.Value) ? chains[0][0] : chains.Sum(c => c.Sum()) / count;
        double variance = chains.Sum(c => c.Sum(x => (x - mean) * (x - mean))) / (count - 1);
        return new(name, mean, Math.Sqrt(variance), time, count / time.Value, ChainSeries.SplitRHat(chains))
        {
            HalfCorrelation = Correlation(chains, mean, variance, chains[0].Length / 2),
        };
    }

    static double Correlation(double[][] chains, double mean, double variance, int lag)
    {
        if (!(variance > 0)) return double.NaN;
        double sum = chains.Sum(c => Enumerable.Range(0, c.Length - lag).Sum(i => (c[i] - mean) * (c[i + lag] - mean)));
        return sum / (chains.Length * (double)(chains[0].Length - lag)) / variance;
    }
}
