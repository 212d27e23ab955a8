namespace Boltzmann.Tests.Reporting;

/// <summary>Anomaly scores under their signal: which steps are ringed, and scores that are no numbers.</summary>
public sealed class AnomalyChartTests
{
    static double[][] Signal(int steps, int columns = 1) =>
        [.. Enumerable.Range(0, steps).Select(t => Enumerable.Range(0, columns).Select(u => Math.Sin(0.1 * t + u)).ToArray())];

    [Fact]
    public void The_greatest_scores_are_ringed_and_numbered_in_score_and_signal()
    {
        double[] scores = new double[50];
        (scores[7], scores[30], scores[49]) = (5, 9, 7);
        var drawn = new DrawnDocument(AnomalyChart.Svg("a", Signal(50), scores, marked: 2));
        Assert.Equal(4, drawn.All("circle", "fault-line").Count());
        foreach (string step in (string[])["31", "50"]) Assert.Contains(drawn.All("text", "fault-ink"), t => t.Value == step);
        Assert.Equal(2, drawn.All("text", "fault-ink").Count());
    }

    [Fact]
    public void Of_scores_close_to_each_other_the_greatest_alone_is_ringed()
    {
        double[] scores = new double[1000];
        for (int t = 500; t < 510; t++) scores[t] = t;
        scores[100] = 3;
        Assert.Equal([509, 100], AnomalyChart.Greatest(scores, 2));
        Assert.Equal([509, 100], AnomalyChart.Greatest(scores, 5).Take(2));
    }

    [Fact]
    public void Where_all_scores_are_equal_or_missing_none_is_ringed()
    {
        Assert.Empty(AnomalyChart.Greatest([2, 2, 2], 3));
        Assert.Empty(AnomalyChart.Greatest([double.NaN], 3));
        Assert.Empty(AnomalyChart.Greatest([], 3));
        Assert.Equal([1], AnomalyChart.Greatest([double.NaN, 3, 1], 2));
    }

    [Fact]
    public void An_impossible_step_stands_at_the_upper_edge_and_says_so()
    {
        var drawn = new DrawnDocument(AnomalyChart.Svg("a", Signal(5), [1, 2, double.PositiveInfinity, double.NaN, 3], marked: 1));
        Assert.Contains("3: ∞", drawn.Texts);
        _ = new DrawnDocument(AnomalyChart.Svg("a", Signal(1), [double.PositiveInfinity]));
    }

    [Fact]
    public void Short_long_and_wide_signals_are_drawn()
    {
        Assert.Contains("no data", new DrawnDocument(AnomalyChart.Svg("none", [], [])).Texts);
        _ = new DrawnDocument(AnomalyChart.Svg("one", Signal(1), [4]));
        Assert.Contains("step; the first 4 of 9 columns", new DrawnDocument(AnomalyChart.Svg("wide", Signal(20, 9), new double[20])).Texts);
        string long_ = AnomalyChart.Svg("long", Signal(100_000), [.. Enumerable.Range(0, 100_000).Select(t => (double)(t % 977))]);
        Assert.InRange(long_.Length, 1, 100_000);
        Assert.Throws<ArgumentException>(() => AnomalyChart.Svg("", Signal(3), [1, 2]));
    }
}
