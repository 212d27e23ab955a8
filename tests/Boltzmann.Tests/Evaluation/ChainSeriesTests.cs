namespace Boltzmann.Tests.Evaluation;

/// <summary>Autocorrelation times of series whose own is known, and agreement of chains.</summary>
public class ChainSeriesTests
{
    [Theory, InlineData(0.0), InlineData(0.5), InlineData(0.9), InlineData(-0.5)]
    public void The_autocorrelation_time_of_an_autoregressive_series_is_that_of_its_coefficient(double coefficient)
    {
        // x' = ρx + noise: ρ(t) = ρ^t, so τ = (1 + ρ)/(1 − ρ). Five standard errors √(2(2M + 1)/n)·τ, false-alarm rate 6e-7; for ρ < 0,
        // whose sum of alternating terms varies more than it is large, those of τ = 1.
        double exact = (1 + coefficient) / (1 - coefficient);
        double[][] chains = Autoregressive(coefficient, chains: 4, length: 50_000);
        AutocorrelationTime time = ChainSeries.IntegratedTime(chains);
        double window = Math.Max(10, 5 * exact), error = Math.Sqrt(2 * (2 * window + 1) / 200_000) * Math.Max(1, exact);
        Assert.Equal(exact, time.Value, 5 * error);
        Assert.True(time.IsClosed);
        Assert.InRange(time.Window, Math.Max(10, 4 * exact), Math.Max(11, 6 * exact));
        Assert.Equal(Math.Sqrt(2 * (2.0 * time.Window + 1) / 200_000) * time.Value, time.StandardError, 1e-12);
        Assert.Equal(200_000 / time.Value, ChainSeries.EffectiveSampleSize(chains), 1e-6);
    }

    [Fact]
    public void The_variance_of_a_mean_is_that_of_the_effective_sample_size()
    {
        // 400 means of 500 values each: their variance has a relative standard error of √(2/399), of which five are allowed; edges of the
        // series count for τ/n = 2 %.
        const int Length = 500, Series = 400;
        double[][] chains = Autoregressive(0.8, Series, Length);
        double[] means = [.. chains.Select(c => c.Average())];
        double variance = means.Sum(m => m * m) / Series, expected = 1 / (ChainSeries.EffectiveSampleSize(chains) / Series);
        Assert.Equal(1, variance / expected, 5 * Math.Sqrt(2.0 / 399) + 0.02);
    }

    [Fact]
    public void Chains_that_are_too_short_do_not_close_the_window()
    {
        double[] ramp = [.. Enumerable.Range(0, 60).Select(i => (double)i)];
        // Around a common mean, two chains in places of their own never forget where they are.
        double[][] apart = [[.. Autoregressive(0, 1, 60)[0].Select(x => x + 100)], Autoregressive(0, 1, 60)[0]];
        Assert.False(ChainSeries.IntegratedTime(apart).IsClosed);
        Assert.InRange(ChainSeries.EffectiveSampleSize(apart), 1, 4);
        Assert.InRange(ChainSeries.EffectiveSampleSize(ramp), 0, 10);
    }

    [Fact]
    public void Split_R_hat_is_the_published_formula()
    {
        // Halves (1 2)(3 4)(2 4)(6 8): variances ½ ½ 2 2, means 1.5 3.5 3 7 with variance 65/12; √(1/2 + (65/12)/(5/4)).
        Assert.Equal(Math.Sqrt(0.5 + 65.0 / 15), ChainSeries.SplitRHat([1, 2, 3, 4], [2, 4, 6, 8]), 1e-12);
        Assert.Equal(ChainSeries.SplitRHat([1, 2, 3, 4]), ChainSeries.SplitRHat([1, 2, 99, 3, 4]), 1e-12);
    }

    [Fact]
    public void R_hat_tells_chains_in_different_modes_and_chains_that_drift_from_mixed_ones()
    {
        double[][] mixed = Autoregressive(0.5, 4, 4000);
        Assert.InRange(ChainSeries.SplitRHat(mixed), 0.99, 1.01);
        double[][] apart = [.. mixed.Select((c, i) => c.Select(x => x + (i < 2 ? 0 : 6)).ToArray())];
        // Modes of deviation 1 at 0 and 6: V̂/W is 1 + 12, if four halves a side hide nothing of it; √13 = 3.6.
        Assert.InRange(ChainSeries.SplitRHat(apart), 3, 4);
        double[][] drifting = [.. mixed.Select(c => c.Select((x, i) => x + i / 1000.0).ToArray())];
        Assert.True(ChainSeries.SplitRHat(drifting) > 1.2);
    }

    [Fact]
    public void Constants_say_nothing_and_different_constants_say_that_nothing_moves()
    {
        double[] third = [.. Enumerable.Repeat(0.1, 30)], other = [.. Enumerable.Repeat(0.3, 30)];
        Assert.Equal(double.NaN, ChainSeries.IntegratedTime(third, third).Value);
        Assert.Equal(double.NaN, ChainSeries.SplitRHat(third, third));
        Assert.Equal(double.PositiveInfinity, ChainSeries.SplitRHat(third, other));
        Assert.False(ChainSeries.IntegratedTime(third, other).IsClosed);
    }

    [Fact]
    public void Chains_of_unequal_or_no_length_are_refused()
    {
        Assert.Contains("no chain", Assert.Throws<ArgumentException>(() => ChainSeries.IntegratedTime()).Message);
        Assert.Contains("one chain has 3 values, another 2",
            Assert.Throws<ArgumentException>(() => ChainSeries.IntegratedTime([1, 2, 3], [1, 2])).Message);
        Assert.Contains("at least 2 values, not 1", Assert.Throws<ArgumentException>(() => ChainSeries.IntegratedTime([1.0])).Message);
        Assert.Contains("at least 4 values, not 3", Assert.Throws<ArgumentException>(() => ChainSeries.SplitRHat([1, 2, 3])).Message);
    }

    /// <summary>Stationary series of mean 0 and variance 1.</summary>
    internal static double[][] Autoregressive(double coefficient, int chains, int length, ulong seed = 3)
    {
        var noise = new Matrix(chains, length, Placement.Default.Double);
        noise.SampleNormal(new Rng(seed));
        double scale = Math.Sqrt(1 - coefficient * coefficient);
        return [.. Enumerable.Range(0, chains).Select(c =>
        {
            double[] x = noise.ReadRow(c);
            for (int i = 1; i < length; i++) x[i] = coefficient * x[i - 1] + scale * x[i];
            return x;
        })];
    }
}
