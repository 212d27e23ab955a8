using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Data;

public class NormalScoresTests
{
    static NormalScores Of(params double[] column) => NormalScores.Fit([.. column]);

    // Φ⁻¹(1/8), Φ⁻¹(3/8) from tables of the normal distribution.
    [Fact]
    public void A_value_becomes_the_normal_number_of_its_rank()
    {
        NormalScores scores = Of(10, 40, 20, 1e300);
        Assert.Equal([-1.1503493803760081, -0.3186393639643752, 0.3186393639643752, 1.1503493803760081],
            new double[] { 10, 20, 40, 1e300 }.Select(scores.Transform), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Equal_values_share_the_score_of_their_middle_rank()
    {
        NormalScores scores = Of(0, 0, 0, 0, 0, 0, 1, 2, 3, 4);
        Assert.Equal(NormalDistribution.Quantile(0.3), scores.Transform(0), 1e-12);
        Assert.Equal(NormalDistribution.Quantile(0.65), scores.Transform(1), 1e-12);
    }

    // A share of 0.6 of the column is 0, so a share of 0.6 of normal numbers has to come back as 0.
    [Theory, InlineData(-4, 0), InlineData(-0.5, 0), InlineData(0.25, 0), InlineData(3, 4)]
    public void Scores_of_a_tie_come_back_as_the_tied_value(double score, double value)
    {
        NormalScores scores = Of(0, 0, 0, 0, 0, 0, 1, 2, 4, 4);
        Assert.Equal(value, scores.Inverse(score), 1e-12);
    }

    [Fact]
    public void Values_of_the_column_come_back_and_order_stays()
    {
        var rng = new Rng(seed: 5);
        double[] column = [.. Enumerable.Range(0, 5000).Select(_ => Math.Exp(6 * rng.NextUniform()) - 3)];
        NormalScores scores = NormalScores.Fit([.. column]);
        double range = column.Max() - column.Min();
        foreach (double x in column) Assert.Equal(x, scores.Inverse(scores.Transform(x)), 1e-9 * range);
        double[] sorted = [.. column.Order()];
        for (int i = 1; i < sorted.Length; i++) Assert.True(scores.Transform(sorted[i]) >= scores.Transform(sorted[i - 1]));
        // At most 256 values are kept, so ranks between them are interpolated: half a step of 1/255 of the ranks.
        Assert.Equal(0, column.Average(scores.Transform), 0.02);
        Assert.Equal(1, column.Average(x => Math.Pow(scores.Transform(x), 2)), 0.05);
    }

    [Fact]
    public void What_lies_beyond_the_training_lies_further_and_stays_finite()
    {
        NormalScores scores = Of(1, 2, 3, 4, 5);
        double[] up = [.. new double[] { 5, 6, 50, 1e300 }.Select(scores.Transform)];
        for (int i = 1; i < up.Length; i++) Assert.True(up[i] > up[i - 1] && double.IsFinite(up[i]));
        Assert.True(scores.Transform(-1e300) < scores.Transform(0));
        Assert.Equal(50, scores.Inverse(scores.Transform(50)), 1e-9);
        Assert.True(double.IsNaN(scores.Transform(double.NaN)));
    }

    [Fact]
    public void A_constant_column_has_the_score_0()
    {
        NormalScores scores = Of(7, 7, 7);
        Assert.Equal(0, scores.Transform(7), 1e-12);
        Assert.Equal(7, scores.Inverse(1.5));
    }

    [Theory, InlineData(1.0, 2.0, 2.0, 9.5), InlineData(-1e300, 0.0, 0.0, 1e300)]
    public void A_file_brings_every_scale_back(params double[] column)
    {
        ColumnScale[] scales = [NormalScores.Fit([.. column]), AffineScale.MinMax(column), new LogScale(0.5, 2), new AffineScale(-3, 0.25)];
        if (column[0] == -1e300) scales = [scales[0]];
        foreach (ColumnScale scale in scales)
            Assert.Equal(scale, ColumnScale.From(JsonNode.Parse(scale.ToJson().ToJsonString())));
    }

    [Theory]
    [InlineData("""{"kind": "normal-scores", "values": [2, 1], "scores": [0, 1], "low": [0, 1], "high": [0, 1], "spread": 1}""")]
    [InlineData("""{"kind": "normal-scores", "values": [1], "scores": [0], "low": [1], "high": [2], "spread": 1}""")]
    [InlineData("""{"kind": "affine", "shift": 0, "scale": 0}""")]
    [InlineData("""{"kind": "cubic"}""")]
    public void A_malformed_scale_is_none(string json) => Assert.Null(ColumnScale.From(JsonNode.Parse(json)));

    // Against the series and the continued fraction of another implementation: SciPy 1.10, norm.cdf and norm.ppf.
    [Theory, InlineData(-6, 9.865876450376981e-10), InlineData(-3, 0.0013498980316300933), InlineData(-1, 0.15865525393145707),
        InlineData(0, 0.5), InlineData(2.5, 0.9937903346742238)]
    public void The_normal_distribution_is_as_tabled(double z, double p)
    {
        Assert.Equal(p, NormalDistribution.Cdf(z), 1e-14 * Math.Max(p, 1e-3));
        Assert.Equal(z, NormalDistribution.Quantile(p), 1e-9);
    }
}
