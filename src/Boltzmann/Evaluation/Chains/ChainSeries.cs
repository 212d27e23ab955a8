namespace Boltzmann.Evaluation;

/// <summary>
/// How much a number followed along Markov chains says about its mean: autocorrelation time, effective sample size, and whether chains
/// agree.
/// </summary>
public static class ChainSeries
{
    /// <summary>Sokal's constant: the sum over lags ends where the lag reaches this many times the sum.</summary>
    const double WindowFactor = 5;

    // A number whose neighbours repel each other would close the window at the first lag.
    const int LeastWindow = 10;

    /// <summary>
    /// The integrated autocorrelation time τ = 1 + 2·Σ_{t=1}^{M} ρ(t) of chains of equal length, in steps: the mean of n successive values
    /// has the variance σ²·τ/n. M is the smallest lag of at least 10 with M ≥ 5·τ(M) (Sokal 1997, section 3, who calls half of this τ_int;
    /// Madras and Sokal 1988). 1 for independent values, less than 1 where neighbours repel each other.
    /// </summary>
    /// <remarks>
    /// ρ(t) is the mean over chains of the autocovariance around the mean of all chains: chains that sit in different modes do not look
    /// independent. The standard error is √(2(2M + 1)/n)·τ, n values in all (Sokal 1997, eq. 3.19).
    /// </remarks>
    /// <param name="chains">One array per chain, all of the same length of at least 2.</param>
    /// <exception cref="ArgumentException">There is no chain, or the lengths are unequal or below 2.</exception>
    public static AutocorrelationTime IntegratedTime(params IReadOnlyList<double[]> chains)
    {
        int length = RequireChains(chains, 2);
        double mean = chains.Sum(c => c.Sum()) / ((double)length * chains.Count);
        double[][] centred = [.. chains.Select(c => c.Select(x => x - mean).ToArray())];
        double variance = centred.Sum(c => Covariance(c, 0));
        if (!(variance > 0) || IsConstant(chains)) return new(double.NaN, double.NaN, 0, IsClosed: false);
        double time = 1;
        for (int lag = 1; lag < length; lag++)
        {
            time += 2 * centred.Sum(c => Covariance(c, lag)) / variance;
            if (lag >= LeastWindow && lag >= WindowFactor * time) return Result(lag, true);
        }
        return Result(length - 1, false);

        AutocorrelationTime Result(int window, bool isClosed) =>
            new(time, Math.Sqrt(2 * (2.0 * window + 1) / ((double)length * chains.Count)) * time, window, isClosed);
    }

    /// <summary>
    /// How many independent values would determine the mean as well: the number of values divided by τ. NaN for a constant.
    /// </summary>
    /// <inheritdoc cref="IntegratedTime"/>
    public static double EffectiveSampleSize(params IReadOnlyList<double[]> chains) =>
        (double)chains[0].Length * chains.Count / IntegratedTime(chains).Value;

    /// <summary>
    /// Split R̂: every chain is cut into halves, and √(V̂/W) compares the variance V̂ = (n − 1)/n·W + B/n of all with that W within halves
    /// (Gelman and Rubin 1992; Gelman et al. 2013, section 11.4). 1 where chains agree with each other and with themselves; above 1.01 they
    /// have not mixed (Vehtari et al. 2021). NaN for a constant, ∞ for chains that are constant but different.
    /// </summary>
    /// <param name="chains">One array per chain, all of the same length of at least 4; of an odd length the middle value is left
    /// out.</param>
    /// <exception cref="ArgumentException">There is no chain, or the lengths are unequal or below 4.</exception>
    public static double SplitRHat(params IReadOnlyList<double[]> chains)
    {
        int length = RequireChains(chains, 4), half = length / 2;
        if (IsConstant(chains)) return double.NaN;
        double[][] halves = [.. chains.SelectMany(c => new[] { c[..half], c[^half..] })];
        double[] means = [.. halves.Select(h => h.Average())];
        double within = halves.Select((h, i) => IsConstant([h]) ? 0 : h.Sum(x => (x - means[i]) * (x - means[i])) / (half - 1)).Average();
        double overall = means.Average(), between = means.Sum(m => (m - overall) * (m - overall)) / (means.Length - 1);
        return within == 0 ? double.PositiveInfinity : Math.Sqrt((half - 1.0) / half + between / within);
    }

    static double Covariance(double[] centred, int lag)
    {
        // Four sums at a time, as each waits for the one before.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0, end = centred.Length - lag;
        for (; i + 4 <= end; i += 4)
            (s0, s1, s2, s3) = (s0 + centred[i] * centred[i + lag], s1 + centred[i + 1] * centred[i + 1 + lag], s2
                + centred[i + 2] * centred[i + 2 + lag], s3 + centred[i + 3] * centred[i + 3 + lag]);
        for (; i < end; i++) s0 += centred[i] * centred[i + lag];
        return s0 + s1 + s2 + s3;
    }

    // Rounding of the mean leaves a little variance in a constant.
    static bool IsConstant(IReadOnlyList<double[]> chains) => chains.All(c => c.All(x => x == chains[0][0]));

    static int RequireChains(IReadOnlyList<double[]> chains, int least)
    {
        if (chains.Count == 0) throw new ArgumentException("there is no chain", nameof(chains));
        int length = chains[0].Length;
        foreach (double[] chain in chains)
            if (chain.Length != length)
                throw new ArgumentException($"one chain has {length} values, another {chain.Length}", nameof(chains));
        return length >= least ? length : throw new ArgumentException($"chains need at least {least} values, not {length}", nameof(chains));
    }
}
