namespace Boltzmann.Tests.Backends;

/// <summary>Functions of units judged by themselves: accuracy, extremes and statistics, on every backend.</summary>
public class UnitsTests
{
    static readonly CpuBackend[] Widths = [new(1, 512), new(1, 256), new(1, 128)];

    static double[] Apply(Backend backend, Precision precision, double[] x, Action<Matrix, Matrix, Matrix> operation)
    {
        var placement = new Placement(backend, precision);
        Matrix inputs = Matrix.Row(x, placement), zero = inputs.Like(1, x.Length), result = inputs.Like(1, x.Length);
        operation(result, inputs, zero);
        return result.ReadRow(0);
    }

    /// <summary>Distance between neighbouring numbers at x ≥ the smallest normal.</summary>
    static double Ulp(double x, Precision precision) =>
        precision == Precision.Float32 ? MathF.BitIncrement((float)x) - (double)(float)x : Math.BitIncrement(x) - x;

    [Theory, InlineData(Precision.Float32, -87.3, 2.5), InlineData(Precision.Float64, -708, 4)]
    public void The_logistic_function_is_accurate_to_a_few_ulp(Precision precision, double lowest, double ulps)
    {
        // The double reference itself is up to 1.5 ulp off (exp 1, sum and quotient ½ each), which the bound of 4 includes.
        double[] x = [.. Enumerable.Range(0, 20_000).Select(i => (double)(float)(lowest + i * (40 - lowest) / 20_000))];
        foreach (Backend backend in Widths)
        {
            double[] y = Apply(backend, precision, x, (d, i, b) => d.SetTwoStateMean(i, b, 0, 1));
            for (int i = 0; i < x.Length; i++)
            {
                double expected = Scalar.Logistic(x[i]), error = Math.Abs(y[i] - expected) / Ulp(expected, precision);
                Assert.True(error <= ulps, $"{backend.Name}: σ({x[i]:R}) = {y[i]:R} is {error:F2} ulp from {expected:R}");
            }
        }
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void The_logistic_function_is_right_at_the_extremes(Precision precision)
    {
        double[] x = [0.0, -0.0, 100, -100, 1000, -1000, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        double tiny = precision == Precision.Float32 ? 0 : Math.Exp(-100);
        foreach (Backend backend in Widths)
        {
            double[] y = Apply(backend, precision, x, (d, i, b) => d.SetTwoStateMean(i, b, 0, 1));
            Assert.Equal([0.5, 0.5, 1], y[..3]);
            Assert.Equal(tiny, y[3], 1e-15 * tiny);
            Assert.Equal([1, 0, 1, 0, double.NaN], y[4..]);
            Assert.Equal([0, 0, 1, -1, 1, -1, 1, -1, double.NaN],
                Apply(backend, precision, x, (d, i, b) => d.SetTwoStateMean(i, b, -1, 1)));
        }
    }

    [Theory, InlineData(Precision.Float32, -87.3, 4), InlineData(Precision.Float64, -708, 4)]
    public void Softplus_is_accurate_to_a_few_ulp(Precision precision, double lowest, double ulps)
    {
        foreach (Backend backend in Widths)
        {
            double[] x = [.. Enumerable.Range(0, 3_000).Select(i => (double)(float)(lowest + i * (100 - lowest) / 3_000))];
            var placement = new Placement(backend, precision);
            Matrix inputs = new(x.Length, 1, placement), bias = new(1, 1, placement), values = new(x.Length, 1, placement);
            for (int i = 0; i < x.Length; i++) inputs.WriteRow(i, [x[i]]);
            values.AddTwoStateLogNormalizer(inputs, bias, 0, 1);
            double[] y = values.ReadColumn(0);
            for (int i = 0; i < x.Length; i++)
            {
                double expected = Scalar.Softplus(x[i]), error = Math.Abs(y[i] - expected) / Ulp(expected, precision);
                Assert.True(error <= ulps, $"{backend.Name}: softplus({x[i]:R}) = {y[i]:R} is {error:F2} ulp from {expected:R}");
            }
        }
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Softmax_of_inputs_of_a_thousand_is_finite(Precision precision)
    {
        double[] x = [1000, 999, -1000, 1000, 0, 5];
        foreach (Backend backend in Widths.Append<Backend>(ReferenceBackend.Shared))
        {
            double[] p = Apply(backend, precision, x, (d, i, b) => d.SetSoftmaxMean(i, b, 3));
            Assert.Equal(1, p[0] + p[1] + p[2], 1e-6);
            Assert.Equal(1 / (1 + Math.Exp(-1)), p[0], 1e-6);
            Assert.Equal([1, 0, 0], p[3..]);
            var sum = new Matrix(1, 1, new(backend, precision));
            Matrix inputs = Matrix.Row(x, sum.Placement);
            sum.AddLogSumExp(inputs, sum.Like(1, 6), 3);
            Assert.Equal(2000 + Math.Log(1 + Math.Exp(-1)), sum[0, 0], precision == Precision.Float32 ? 2e-4 : 1e-12);
        }
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Two_state_samples_have_the_frequencies_of_their_means(Precision precision)
    {
        // 12 frequencies within 5 deviations: false alarms 7e-6 in all.
        double[] x = [-4, -2, -1, 0, 1, 3];
        foreach (Backend backend in Widths)
        {
            var placement = new Placement(backend, precision);
            Matrix bias = Matrix.Row(x, placement), inputs = new(20_000, 6, placement), samples = inputs.Like(20_000, 6),
                sums = inputs.Like(1, 6);
            foreach (double low in new[] { 0, -1 })
            {
                samples.SampleTwoState(inputs, bias, low, 1, new Rng(17));
                sums.SetColumnSums(samples, scale: 1.0 / samples.Rows);
                for (int c = 0; c < 6; c++)
                {
                    double p = Scalar.Logistic((1 - low) * x[c]);
                    Assert.Equal(p, (sums[0, c] - low) / (1 - low), 5 * Math.Sqrt(p * (1 - p) / samples.Rows));
                }
            }
        }
    }

    [Fact]
    public void Certain_units_are_never_sampled_otherwise()
    {
        foreach (Backend backend in Widths)
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix bias = Matrix.Row([-1000, 1000, double.NegativeInfinity, double.PositiveInfinity], placement),
                inputs = new(50_000, 4, placement), samples = inputs.Like(50_000, 4);
            samples.SampleTwoState(inputs, bias, 0, 1, new Rng(3));
            var sums = inputs.Like(1, 4);
            sums.SetColumnSums(samples);
            Assert.Equal([0, 50_000, 0, 50_000], sums.ReadRow(0));
        }
    }

    [Theory, InlineData(1), InlineData(10)]
    public void Softmax_samples_have_the_counts_of_their_means(int draws)
    {
        // 3 × 7 counts within 5 deviations: false alarms 1e-5 in all.
        double[] x = [0, 1, -2, 0.5, 0.1, 3, -1];
        double norm = Scalar.LogSumExp(x);
        const int Rows = 20_000;
        foreach (Backend backend in Widths)
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix bias = Matrix.Row(x, placement), inputs = new(Rows, 7, placement), samples = inputs.Like(Rows, 7),
                sums = inputs.Like(1, 7);
            samples.SampleSoftmax(inputs, bias, 7, draws, new Rng(23));
            var perRow = new Matrix(Rows, 1, placement);
            perRow.AddRowSums(samples);
            Assert.Equal((draws, draws), (perRow.Summarize().Minimum, perRow.Summarize().Maximum));
            sums.SetColumnSums(samples, scale: 1.0 / Rows / draws);
            for (int c = 0; c < 7; c++)
            {
                double p = Math.Exp(x[c] - norm);
                Assert.Equal(p, sums[0, c], 5 * Math.Sqrt(p * (1 - p) / Rows / draws));
            }
        }
    }

    [Fact]
    public void Rectified_samples_have_their_moments()
    {
        // Mean and second moment of 20 000 samples; the deviation of x² is estimated from the samples. Five deviations: 6e-6 in all.
        const int Rows = 20_000;
        double[] y = [-3, 0, 1.5, 4], gamma = [1, 2, 0.5, 1];
        var placement = Placement.Default.Double;
        Matrix samples = new(Rows, 4, placement);
        samples.SampleRectified(new(Rows, 4, placement), Matrix.Row(y, placement), Matrix.Row(gamma, placement), new Rng(29));
        for (int c = 0; c < 4; c++)
        {
            double[] x = samples.ReadColumn(c);
            var (mean, second) = Rectified.Moments(y[c], gamma[c]);
            Assert.Equal(mean, x.Average(), 5 * Math.Sqrt((second - mean * mean) / Rows));
            double squares = x.Average(v => v * v), deviation = Math.Sqrt(x.Average(v => v * v * v * v) - squares * squares);
            Assert.Equal(second, squares, 5 * deviation / Math.Sqrt(Rows));
        }
    }
}
