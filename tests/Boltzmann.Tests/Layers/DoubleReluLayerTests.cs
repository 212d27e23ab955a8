namespace Boltzmann.Tests.Layers;

public class DoubleReluLayerTests
{
    static readonly Placement wide = Placement.Default.Double;

    static readonly double[] inputs = [-1e4, -30, -2, -0.1, 0, 0.3, 5, 200];

    [Fact]
    public void Without_a_kink_and_with_one_width_they_are_gaussian()
    {
        var gaussian = new GaussianLayer(8, 0.7, placement: wide);
        var layer = new DoubleReluLayer(8, 0.7, wide);
        Matrix given = Matrix.Row(inputs, wide), expected = new(1, 8, wide), actual = new(1, 8, wide),
            a = new(1, 1, wide), b = new(1, 1, wide);
        gaussian.SetMean(given, expected);
        layer.SetMean(given, actual);
        Assert.Equal(expected.ReadRow(0), actual.ReadRow(0), (x, y) => Math.Abs(x - y) <= 1e-13 * (1 + Math.Abs(x)));
        gaussian.AddLogNormalizer(given, a);
        layer.AddLogNormalizer(given, b);
        Assert.Equal(a[0, 0], b[0, 0], 1e-13 * a[0, 0]);
    }

    [Fact]
    public void With_a_narrow_lower_half_they_are_rectified()
    {
        // The lower half has a mass of 1e-7 of a half-normal's: θ₊ = κ − b = 0, and 1/√γ₋ tiny.
        var rectified = new ReluLayer(1, 1, placement: wide);
        var layer = new DoubleReluLayer(1, 1, wide);
        layer.LowerPrecision.Fill(1e16);
        Matrix given = Matrix.Row([0.4], wide), expected = new(1, 1, wide), actual = new(1, 1, wide);
        rectified.SetMean(given, expected);
        layer.SetMean(given, actual);
        Assert.Equal(expected[0, 0], actual[0, 0], 1e-7);
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Far_in_either_tail_everything_stays_finite_and_in_order(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        var layer = new DoubleReluLayer(8, 1, placement);
        layer.Kink.Fill(-3);
        layer.UpperPrecision.Fill(4);
        Matrix given = Matrix.Row(inputs, placement), mean = new(1, 8, placement), drawn = new(1, 8, placement), log = new(1, 1, placement);
        layer.SetMean(given, mean);
        layer.Sample(given, drawn, new Rng(5));
        layer.AddLogNormalizer(given, log);
        double[] m = mean.ReadRow(0);
        Assert.Equal(m.Order(), m);
        Assert.All([.. m, .. drawn.ReadRow(0), log[0, 0]], x => Assert.True(double.IsFinite(x)));
        // The mode of the half that is left: (I + κ)/γ₋ of the lower one, (I − κ)/γ₊ of the upper one.
        Assert.Equal(-10003, m[0], 1e-2);
        Assert.Equal(203 / 4.0, m[^1], 1e-4);
    }

    [Fact]
    public void Draws_have_the_moments_of_the_density()
    {
        const int Rows = 200_000;
        var layer = new DoubleReluLayer(1, 1, wide);
        layer.Bias.Fill(0.2);
        layer.Kink.Fill(-1.5);
        layer.UpperPrecision.Fill(2);
        layer.LowerPrecision.Fill(0.7);
        Matrix given = new(Rows, 1, wide), drawn = new(Rows, 1, wide), mean = new(Rows, 1, wide), magnitude = new(Rows, 1, wide),
            upper = new(Rows, 1, wide), lower = new(Rows, 1, wide);
        layer.Sample(given, drawn, new Rng(11));
        layer.SetMean(given, mean);
        magnitude.SetDoubleRectifiedMagnitude(given, new(layer.Bias, layer.Kink, layer.UpperPrecision, layer.LowerPrecision), upper, lower);
        double[] x = drawn.ReadColumn(0);
        // Trapezoidal sums of the density itself.
        double[] at = [.. Enumerable.Range(-200_000, 400_001).Select(i => i * 5e-5)];
        double Density(double t) => Math.Exp(0.2 * t + 1.5 * Math.Abs(t) - (t > 0 ? t * t : 0.35 * t * t));
        double z = at.Sum(Density);
        foreach (var (of, stated) in new (Func<double, double>, double)[]
        {
            (t => t, mean[0, 0]), (Math.Abs, magnitude[0, 0]), (t => t > 0 ? t * t : 0, upper[0, 0]), (t => t < 0 ? t * t : 0, lower[0, 0]),
        })
        {
            Assert.Equal(at.Sum(t => of(t) * Density(t)) / z, stated, 1e-7);
            double[] values = [.. x.Select(of)];
            double average = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - average) * (v - average)) / Rows);
            Assert.InRange(average, stated - 4.5 * deviation, stated + 4.5 * deviation);
        }
    }
}
