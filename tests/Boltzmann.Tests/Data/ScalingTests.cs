using System.Text.Json;

namespace Boltzmann.Tests.Data;

public class ScalingTests
{
    static readonly Placement Double = new(ReferenceBackend.Shared, Precision.Float64);

    static readonly Dataset Data = new("numbers", new NumberRows([1.0, 10, 0.1, 2, 30, 0.1, 6, 20, 0.1], 3));

    [Fact]
    public void Standardised_columns_have_mean_0_and_variance_1_and_constant_ones_are_0()
    {
        ColumnStatistics scaled = Standardizer.Fit(Data).Transform(Data).Statistics;
        Assert.All(scaled.Means, mean => Assert.Equal(0, mean, 14));
        Assert.Equal([1.0, 1, 0], scaled.Variances, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void Min_max_scaled_columns_span_0_to_1_and_constant_ones_are_0()
    {
        Dataset scaled = MinMaxScaler.Fit(Data).Transform(Data);
        Assert.Equal([0.0, 0, 0], scaled.Minimum());
        Assert.Equal([1.0, 1, 0], scaled.Maximum());
        Assert.Equal([0.2, 1, 0], scaled.ToMatrix(Double).ReadRow(1));
    }

    [Fact]
    public void Normal_scores_of_tied_values_survive_single_precision()
    {
        // 0.1 as a float is above 0.1: next to a tie, where the scores of its whole interval lie.
        var tied = new Dataset("ties", new NumberRows([.. Enumerable.Range(0, 100).Select(r => r < 95 ? 0.1 : r)], 1));
        Dataset scaled = ScalingByColumn.Fit(tied, DataScale.NormalScores, _ => ColumnType.Real).Transform(tied);
        double[] exact = scaled.ToMatrix(Double).ReadColumn(0),
            rounded = scaled.ToMatrix(Double with { Precision = Precision.Float32 }).ReadColumn(0);
        for (int r = 0; r < exact.Length; r++) Assert.Equal(exact[r], rounded[r], 1e-6);
        Assert.Equal(exact[0], exact[94]);
    }

    [Fact]
    public void The_inverse_gives_the_data_back_in_either_precision()
    {
        foreach (Scaling scaling in new Scaling[] { Standardizer.Fit(Data), MinMaxScaler.Fit(Data) })
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                Matrix matrix = scaling.Transform(Data).ToMatrix(Double with { Precision = precision });
                scaling.Inverse(matrix);
                double tolerance = precision == Precision.Float32 ? 30 * 4 * Math.Pow(2, -24) : 30 * 4 * Math.Pow(2, -53);
                Assert.Equal(Data.ToMatrix(Double).ToArray().Cast<double>(), matrix.ToArray().Cast<double>(),
                    (a, b) => Math.Abs(a - b) <= tolerance);
            }
    }

    [Fact]
    public void Statistics_survive_JSON()
    {
        Standardizer fitted = Standardizer.Fit(Data);
        Standardizer back = JsonSerializer.Deserialize<Standardizer>(JsonSerializer.Serialize(fitted))!;
        Assert.Equal(fitted.Means, back.Means);
        Assert.Equal(fitted.StandardDeviations, back.StandardDeviations);
        MinMaxScaler range = JsonSerializer.Deserialize<MinMaxScaler>(JsonSerializer.Serialize(MinMaxScaler.Fit(Data)))!;
        Assert.Equal([5.0, 20, 1], range.Range);
    }

    [Fact]
    public void Data_of_another_width_is_refused()
    {
        Standardizer fitted = Standardizer.Fit(Data);
        Assert.Throws<BadInputException>(() => fitted.Transform(new Dataset("two", new NumberRows([1.0, 2], 2))));
        Assert.Throws<ArgumentException>(() => fitted.Transform(new Matrix(1, 2, Double)));
    }
}
