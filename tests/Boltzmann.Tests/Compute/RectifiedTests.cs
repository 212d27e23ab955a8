namespace Boltzmann.Tests.Compute;

/// <summary>The rectified Gaussian's functions against quadrature, over all sizes of input.</summary>
public class RectifiedTests
{
    /// <summary>z = −y/√γ: from a mean 40 deviations inside to an edge a million deviations above the mode.</summary>
    static readonly double[] Edges =
        [-40, -38, -37.5, -20, -8.3, -5, -3, -2, -1, -0.5, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.1, 0.5, 1, 2, 2.8, 2.9, 3.9, 4, 4.1, 8, 19.9, 20,
            20.1, 37, 40, 100, 1e3, 1e4, 1e6];

    public static TheoryData<double> Cases() => [.. Edges];

    // Gauss and Legendre's nodes and weights of order 10 on [−1, 1], positive half.
    static readonly double[] Nodes = [0.14887433898163121, 0.43339539412924719, 0.67940956829902441, 0.86506336668898451,
        0.97390652851717172];
    static readonly double[] Weights = [0.29552422471475287, 0.26926671930999636, 0.21908636251598204, 0.14945134915058059,
        0.06667134430868814];

    /// <summary>
    /// ∫ tᵏ·exp(−(t + z)²/2 + (t₀ + z)²/2) dt over t ≥ 0, t₀ the density's mode, cut where less than e⁻⁵⁰ is left: relative error about
    /// 1e-15.
    /// </summary>
    static double Moment(double z, int k)
    {
        double mode = Math.Max(0, -z), from = Math.Max(0, mode - 10), to = z > 0 ? 100 / (z + Math.Sqrt(z * z + 100)) : mode + 10, sum = 0;
        const int Panels = 200;
        double half = (to - from) / Panels / 2;
        for (int i = 0; i < Panels; i++)
            for (int j = 0; j < Nodes.Length; j++)
                foreach (int sign in new[] { -1, 1 })
                {
                    double t = from + half * (2 * i + 1 + sign * Nodes[j]), d = t - mode;
                    // −(t + z)²/2 + (t₀ + z)²/2, with t₀ + z = max(z, 0)
                    sum += Weights[j] * half * Math.Pow(t, k) * Math.Exp(-0.5 * d * d - d * Math.Max(z, 0));
                }
        return sum;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Moments_agree_with_quadrature(double z)
    {
        foreach (double precision in new[] { 0.01, 1, 7.3 })
        {
            double root = Math.Sqrt(precision), y = -z * root, whole = Moment(z, 0);
            var (mean, second) = Rectified.Moments(y, precision);
            RequireClose(Moment(z, 1) / whole / root, mean, z);
            RequireClose(Moment(z, 2) / whole / precision, second, z);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_log_normaliser_agrees_with_quadrature(double z)
    {
        foreach (double precision in new[] { 0.01, 1, 7.3 })
        {
            double expected = Math.Log(Moment(z, 0)) + (z < 0 ? z * z / 2 : 0) - 0.5 * Math.Log(precision);
            double actual = Rectified.LogNormalizer(-z * Math.Sqrt(precision), precision);
            Assert.Equal(expected, actual, 2e-14 * Math.Max(1, Math.Abs(expected)));
        }
    }

    // 1e-13: the quadrature's rounding (about 1e-15·√points) and z's own, which enters exponents as z·δz.
    static void RequireClose(double expected, double actual, double z) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-13 * Math.Abs(expected),
            $"at z = {z}: {actual:R} instead of {expected:R}, relatively {actual / expected - 1:G2}");

    [Theory, MemberData(nameof(Cases))]
    public void Quantiles_invert_the_distribution(double z)
    {
        foreach (double u in new[] { 1.0 / (1 << 24), 1e-3, 0.1, 0.3, 0.5, 0.75, 0.99, 1 - 1.0 / (1 << 24) })
        {
            double t = Rectified.Quantile(u, -z, 1);
            Assert.True(t >= 0 && double.IsFinite(t));
            // P(T > t) = Q(z + t)/Q(z), with log Q(w) = LogNormalizer(−w) − w²/2 + constant; the difference of squares is t(z + t/2).
            double survival = Math.Exp(Rectified.LogNormalizer(-(z + t), 1) - Rectified.LogNormalizer(-z, 1) - t * (z + t / 2));
            // For z < 0 the logarithms are about z²/2 ≤ 800 large and cancel.
            Assert.Equal(1 - u, survival, 1e-14 + 4e-16 * z * z * (z < 0 ? 1 : 0));
        }
    }

    [Fact]
    public void Quantiles_scale_with_the_precision_and_rise_with_the_uniform()
    {
        foreach (double z in Edges)
        {
            double last = 0;
            Assert.Equal(0, Rectified.Quantile(0, -z, 1));
            for (int i = 1; i < 400; i++)
            {
                double u = i / 400.0, t = Rectified.Quantile(u, -z, 1), x = Rectified.Quantile(u, -z * 2, 4);
                Assert.True(t > last, $"not rising at z = {z}, u = {u}");
                Assert.Equal(t / 2, x, 1e-14 * Math.Max(t, 1e-300));
                last = t;
            }
        }
    }

    [Fact]
    public void Small_and_large_uniforms_have_the_quantiles_of_the_tails()
    {
        // For small u, t ≈ u·m(z), where the log-normaliser is log m(z).
        foreach (double z in new[] { 0.0, 1, 10, 1e6 })
            Assert.Equal(Math.Exp(Rectified.LogNormalizer(-z, 1)) * 1e-7, Rectified.Quantile(1e-7, -z, 1),
                2e-7 * 1e-7 * Math.Exp(Rectified.LogNormalizer(-z, 1)) + 3e-22);
        // Far above the edge the truncation does not matter: the ordinary normal quantiles, from tables.
        Assert.Equal(30 + 1.6448536269514722, Rectified.Quantile(0.95, 30, 1), 1e-13);
        Assert.Equal(30 - 3.0902323061678132, Rectified.Quantile(0.001, 30, 1), 1e-13);
    }

    [Fact]
    public void Moments_move_monotonically_and_keep_a_variance()
    {
        double lastMean = double.PositiveInfinity, lastSecond = double.PositiveInfinity, lastLog = double.PositiveInfinity;
        for (int i = -4000; i <= 40_000; i++)
        {
            double z = i < 4000 ? i * 0.01 : 40 * Math.Exp((i - 4000) * 3e-4);
            var (mean, second) = Rectified.Moments(-z, 1);
            double log = Rectified.LogNormalizer(-z, 1);
            Assert.True(mean < lastMean && second < lastSecond && log < lastLog, $"not falling at z = {z}");
            Assert.True(mean > 0 && second >= mean * mean, $"no variance at z = {z}");
            (lastMean, lastSecond, lastLog) = (mean, second, log);
        }
    }

    [Theory]
    [InlineData(1e200, 1.0)]
    [InlineData(-1e200, 1.0)]
    [InlineData(1e8, 1e-8)]
    [InlineData(-1e8, 1e-8)]
    [InlineData(-1e300, 1e-10)]
    [InlineData(3.0, 1e12)]
    public void Extremes_neither_overflow_nor_lose_their_order(double y, double precision)
    {
        var (mean, second) = Rectified.Moments(y, precision);
        Assert.False(double.IsNaN(mean) || double.IsNaN(second));
        Assert.True(mean >= 0 && second >= mean * mean);
        // With z = 1e200 the logarithm's z²/2 is beyond the numbers; what must not happen is NaN.
        Assert.False(double.IsNaN(Rectified.LogNormalizer(y, precision)));
        double x = Rectified.Quantile(0.3, y, precision);
        Assert.True(x >= 0 && double.IsFinite(x));
    }

    [Fact]
    public void Infinite_inputs_have_their_limits_and_NaN_stays()
    {
        Assert.Equal((0.0, 0.0), Rectified.Moments(double.NegativeInfinity, 1));
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), Rectified.Moments(double.PositiveInfinity, 1));
        Assert.Equal(double.NegativeInfinity, Rectified.LogNormalizer(double.NegativeInfinity, 1));
        Assert.Equal(double.PositiveInfinity, Rectified.LogNormalizer(double.PositiveInfinity, 1));
        Assert.Equal(0, Rectified.Quantile(0.5, double.NegativeInfinity, 1));
        Assert.Equal(double.PositiveInfinity, Rectified.Quantile(0.5, double.PositiveInfinity, 1));
        Assert.True(double.IsNaN(Rectified.Moments(double.NaN, 1).Mean));
        Assert.True(double.IsNaN(Rectified.LogNormalizer(double.NaN, 1)));
        Assert.True(double.IsNaN(Rectified.Quantile(0.5, double.NaN, 1)));
    }
}
