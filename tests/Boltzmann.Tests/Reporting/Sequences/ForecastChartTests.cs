namespace Boltzmann.Tests.Reporting;

/// <summary>Forecasts: what is drawn where, bands, persistence, and sequences too short for anything.</summary>
public sealed class ForecastChartTests
{
    static double[][] Column(params double[] values) => [.. values.Select(v => new[] { v })];

    static IReadOnlyList<double[]> Shifted(double[][] rows, double by) => [.. rows.Select(row => row.Select(v => v + by).ToArray())];

    [Fact]
    public void A_forecast_goes_on_from_the_last_value_and_persistence_stays_there()
    {
        double[][] observed = Column(1, 3, 2), mean = Column(4, 5);
        var drawn = new DrawnDocument(ForecastChart.Future("f", observed, mean, Shifted(mean, -1), Shifted(mean, 1), Column(6, 7)));
        (double X, double Y)[] persistence = Curve(drawn, "thin"), seen = Curve(drawn, "bz-line", 0), came = Curve(drawn, "bz-line", 1),
            predicted = Curve(drawn, "bz-line", 2);
        Assert.Equal(3, seen.Length);
        Assert.Equal([seen[2].Y, seen[2].Y, seen[2].Y], persistence.Select(p => p.Y));
        Assert.Equal(seen[2], predicted[0]);
        Assert.Equal([.. persistence.Select(p => p.X)], predicted.Select(p => p.X));
        Assert.Equal(came[0].X, predicted[1].X);
        // One unit of value is as many pixels everywhere.
        double unit = seen[2].Y - seen[1].Y;
        Assert.Equal(seen[2].Y - 2 * unit, predicted[1].Y, 0.02);
        Assert.Equal(predicted[1].Y - 2 * unit, came[0].Y, 0.02);
        (double X, double Y)[] band = DrawnDocument.Corners(Assert.Single(drawn.All("path", "bz-band")));
        Assert.Equal([predicted[0].Y, predicted[1].Y - unit, predicted[2].Y - unit, predicted[2].Y + unit, predicted[1].Y + unit,
            predicted[0].Y], band.Select(p => p.Y), (a, b) => Math.Abs(a - b) < 0.03);
        Assert.Contains("forecast", drawn.Texts);
        Assert.Contains(drawn.Texts, t => t.Contains("90 %", StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_have_the_numbers_that_the_forecast_has_elsewhere()
    {
        double[][] observed = [.. Enumerable.Range(0, 30).Select(t => new[] { t % 3.0 })];
        var drawn = new DrawnDocument(ForecastChart.Future("f", observed, Column(1, 2), shown: 10, start: -9));
        Assert.Contains("step; observed up to 20, drawn from 11 on", drawn.Texts);
    }

    [Fact]
    public void Without_observed_steps_there_is_nothing_but_the_prediction()
    {
        var drawn = new DrawnDocument(ForecastChart.Future("f", [], Column(1, 2, 4)));
        Assert.DoesNotContain("forecast", drawn.Texts);
        Assert.DoesNotContain("observed", drawn.Texts);
    }

    [Fact]
    public void One_step_ahead_persistence_is_the_value_a_step_later()
    {
        double[] values = [1, 4, 2, 2, 8];
        var drawn = new DrawnDocument(ForecastChart.OneStep("o", Column(values), Column(double.NaN, 1, 2, 3, 4)));
        (double X, double Y)[] persistence = Curve(drawn, "thin"), came = Curve(drawn, "bz-line", 0);
        Assert.Equal([.. came.Take(4).Select(p => p.Y)], persistence.Select(p => p.Y));
        Assert.Equal([.. came.Skip(1).Select(p => p.X)], persistence.Select(p => p.X));
        Assert.Equal(4, Curve(drawn, "bz-line", 1).Length);
    }

    [Fact]
    public void The_last_steps_are_drawn_and_persistence_knows_the_one_before_them()
    {
        double[][] rows = [.. Enumerable.Range(0, 50).Select(t => new double[] { t })];
        var drawn = new DrawnDocument(ForecastChart.OneStep("o", rows, rows, shown: 10));
        Assert.Equal(10, Curve(drawn, "thin").Length);
        Assert.Contains("step; the last 10 of 50", drawn.Texts);
        drawn = new(ForecastChart.Future("f", rows, Column(1), shown: 10));
        Assert.Contains("step; observed up to 50, drawn from 41 on", drawn.Texts);
        Assert.Equal(10, Curve(drawn, "bz-line", 0).Length);
    }

    [Fact]
    public void Of_many_columns_eight_have_panels_and_the_caption_says_so()
    {
        double[][] rows = [.. Enumerable.Range(0, 5).Select(t => Enumerable.Range(0, 12).Select(u => (double)(t * u)).ToArray())];
        var drawn = new DrawnDocument(ForecastChart.Future("f", rows, rows, names: ["price & <tax>"]));
        Assert.Contains("price & <tax>", drawn.Texts);
        Assert.Contains("column 8", drawn.Texts);
        Assert.DoesNotContain("column 9", drawn.Texts);
        Assert.Contains("step; the first 8 of 12 columns", drawn.Texts);
        // A long caption goes over several lines.
        double[][] many = [.. Enumerable.Repeat(rows[1], 1200)];
        _ = new DrawnDocument(ForecastChart.Future("f", many, rows, rows, rows));
    }

    [Fact]
    public void Short_constant_and_missing_values_are_drawn_as_far_as_they_go()
    {
        _ = new DrawnDocument(ForecastChart.Future("no past", [], Column(1, 2)));
        _ = new DrawnDocument(ForecastChart.Future("no future", Column(1, 2), []));
        _ = new DrawnDocument(ForecastChart.Future("one", Column(5), Column(5), Column(5), Column(5)));
        _ = new DrawnDocument(ForecastChart.Future("constant", Column(3, 3, 3), Column(3, 3)));
        _ = new DrawnDocument(ForecastChart.Future("odd", Column(1, double.NaN, double.PositiveInfinity), Column(double.NaN, 1),
            Column(double.NegativeInfinity, 0), Column(2, double.PositiveInfinity)));
        _ = new DrawnDocument(ForecastChart.OneStep("one", Column(5), Column(5)));
        Assert.Contains("no data", new DrawnDocument(ForecastChart.OneStep("none", [], [])).Texts);
        Assert.Contains("no data", new DrawnDocument(ForecastChart.Future("none", [], [])).Texts);
        Assert.Contains("no data", new DrawnDocument(ForecastChart.OneStep("nothing", Column(double.NaN), Column(double.NaN))).Texts);
    }

    [Fact]
    public void Numbers_of_other_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ForecastChart.OneStep("", Column(1, 2), Column(1)));
        Assert.Throws<ArgumentException>(() => ForecastChart.Future("", Column(1, 2), [[1, 2]]));
        Assert.Throws<ArgumentException>(() => ForecastChart.Future("", Column(1), Column(1), low: Column(1)));
        Assert.Throws<ArgumentException>(() => ForecastChart.Future("", Column(1), Column(1), Column(1), Column(1, 2)));
    }

    [Fact]
    public void Of_very_many_points_no_peak_is_lost_and_time_goes_forward()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(t => Math.Sin(t / 5000.0))];
        (values[31_416], values[77_777]) = (50, -40);
        values.AsSpan(50_000, 1000).Fill(double.NaN);
        IReadOnlyList<ChartPoint> drawn = TimeCurve.Of("", 1, values).Drawn();
        Assert.InRange(drawn.Count, 600, 1200);
        Assert.Contains(drawn, p => p is { X: 31_417, Y: 50 });
        Assert.Contains(drawn, p => p is { X: 77_778, Y: -40 });
        Assert.Contains(drawn, p => double.IsNaN(p.Y));
        Assert.All(drawn.Zip(drawn.Skip(1)), pair => Assert.True(pair.First.X <= pair.Second.X));
    }

    static (double X, double Y)[] Curve(DrawnDocument drawn, string style, int index = 0) =>
        DrawnDocument.Corners(drawn.All("path", style).ElementAt(index));
}
