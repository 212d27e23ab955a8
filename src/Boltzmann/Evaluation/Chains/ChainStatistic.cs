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
}
