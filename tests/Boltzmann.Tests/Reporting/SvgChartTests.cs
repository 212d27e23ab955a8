using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Boltzmann.Tests.Reporting;

public class SvgChartTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    static readonly ChartFrame Frame = new("Reconstruction error") { XTitle = "epoch", YTitle = "squared error per row" };

    [Fact]
    public void A_line_chart_is_drawn_as_before() => GoldenFile.Check("chart-line.svg", SvgChart.Line(Frame,
        ChartSeries.PerEpoch("training", [24.4, 15.3, 13.1, 11.9]),
        new ChartSeries("validation", [new(1, 20, 19, 21.5), new(2, double.NaN), new(3, 12.5, 12, 13), new(4, 12.25, 11.5, 12.75)])));

    [Fact]
    public void A_log_chart_is_drawn_as_before() =>
        GoldenFile.Check("chart-log.svg", SvgChart.Line(new("Learning rate") { LogY = true, XTitle = "epoch" },
        ChartSeries.PerEpoch("learning rate", Enumerable.Range(0, 30).Select(e => 0.1 * Math.Pow(2, -e)))));

    [Fact]
    public void A_scatter_chart_is_drawn_as_before() =>
        GoldenFile.Check("chart-scatter.svg", SvgChart.Scatter(new("AIS") { XTitle = "exact log Z, nats", YTitle = "estimate, nats" },
        new ChartSeries("forward", [new(1, 1.1, 0.9, 1.4), new(5, 4.8, 4.5, 5.2)]),
            new ChartSeries("reverse", [new(1, 1.2), new(5, 5.3)])));

    [Fact]
    public void A_histogram_is_drawn_as_before() => GoldenFile.Check("chart-histogram.svg",
        SvgChart.Histogram(new("Weights") { XTitle = "weight", YTitle = "number" }, [-0.4, -0.1, 0, 0, 0.1, 0.1, 0.2, 0.5, double.NaN],
            bins: 5));

    [Fact]
    public void A_bar_chart_is_drawn_as_before() =>
        GoldenFile.Check("chart-bars.svg", SvgChart.Bars(new("One step") { XTitle = "milliseconds" },
        [new("ours", 0.157, 0.15, 0.17), new("theirs, with a name that does not fit in the margin", 8), new("failed", double.NaN)]));

    [Fact]
    public void A_confusion_matrix_is_drawn_as_before() => GoldenFile.Check("chart-confusion.svg",
        SvgChart.Confusion(new("Confusion") { XTitle = "predicted", YTitle = "true" }, ["cat", "dog"],
            new double[,] { { 90, 10 }, { 0, 100 } }));

    [Fact]
    public void A_missing_value_leaves_a_gap_in_the_line()
    {
        XDocument chart = XDocument.Parse(SvgChart.Line(Frame,
            ChartSeries.PerEpoch("", [1, 2, double.NaN, 3, 4, double.PositiveInfinity, 5])));
        Assert.Equal(2, Lines(chart).Count());
        Assert.Equal(5, chart.Descendants(Svg + "circle").Count());
    }

    [Fact]
    public void Nothing_to_draw_is_said_in_the_chart()
    {
        string[] charts =
        [
            SvgChart.Line(Frame), SvgChart.Line(Frame, ChartSeries.PerEpoch("", [double.NaN])),
                SvgChart.Scatter(Frame, new ChartSeries("", [])),
            SvgChart.Line(Frame with { LogY = true }, ChartSeries.PerEpoch("", [0, -1])), SvgChart.Histogram(Frame, []),
                SvgChart.Bars(Frame, []),
            SvgChart.Confusion(Frame, [], new double[0, 0]),
        ];
        foreach (string chart in charts) Assert.Contains(XDocument.Parse(chart).Descendants(Svg + "text"), t => t.Value == "no data");
    }

    [Fact]
    public void A_single_point_is_a_dot()
    {
        XDocument chart = XDocument.Parse(SvgChart.Line(Frame, ChartSeries.PerEpoch("only", [5])));
        Assert.Empty(Lines(chart));
        Assert.Equal("only, 1: 5", Assert.Single(chart.Descendants(Svg + "title")).Value);
    }

    [Fact]
    public void A_long_run_is_one_line_with_its_last_value_marked()
    {
        XDocument chart = XDocument.Parse(SvgChart.Line(Frame,
            ChartSeries.PerEpoch("", Enumerable.Range(0, 5000).Select(i => Math.Sin(i / 300.0)))));
        Assert.Single(Lines(chart));
        Assert.Single(chart.Descendants(Svg + "circle"));
    }

    [Fact]
    public void Text_of_the_user_stays_text()
    {
        const string Hostile = "</text><script>alert('1')</script> & \"quoted\" \u0001 \uD800";
        var frame = new ChartFrame(Hostile) { XTitle = Hostile, YTitle = Hostile };
        string[] charts =
        [
            SvgChart.Line(frame, ChartSeries.PerEpoch(Hostile, [1, 2]), ChartSeries.PerEpoch(Hostile, [1, 2])),
                SvgChart.Histogram(frame, [1, 2]),
            SvgChart.Bars(frame, [new(Hostile, 1)]), SvgChart.Confusion(frame, [Hostile], new double[,] { { 1 } }),
        ];
        foreach (string chart in charts)
        {
            Assert.DoesNotContain("<script", chart);
            Assert.Contains(XDocument.Parse(chart).Descendants(Svg + "text"),
                t => t.Value.StartsWith("</text><script>", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Whatever_the_numbers_a_chart_is_well_formed_and_inside_its_frame()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20240607, 3);
        Prop.ForAll<double[], bool>((values, log) =>
        {
            ChartPoint[] points = [.. values.Select((v, i) => new ChartPoint(i % 3 == 0 ? v : i, v, v - 1, v * 2))];
            CheckInside(SvgChart.Line(Frame with { LogY = log }, new ChartSeries("a", points)));
            CheckInside(SvgChart.Scatter(Frame with { LogY = log }, new ChartSeries("a", points)));
            CheckInside(SvgChart.Histogram(Frame, values));
            CheckInside(SvgChart.Bars(Frame, [.. values.Select(v => new ChartBar("a", v))]));
        }).Check(config);
    }

    static IEnumerable<XElement> Lines(XDocument chart) =>
        chart.Descendants(Svg + "path").Where(p => (string?)p.Attribute("class") == "bz-line");

    static void CheckInside(string svg)
    {
        XElement root = XDocument.Parse(svg).Root!;
        double width = (double)root.Attribute("width")!, height = (double)root.Attribute("height")!;
        foreach (XElement mark in root.Descendants())
        {
            foreach (string name in (string[])["x", "x1", "x2", "cx"])
                if (mark.Attribute(name) is { } x) Assert.InRange((double)x, -0.01, width + 0.01);
            foreach (string name in (string[])["y", "y1", "y2", "cy"])
                if (mark.Attribute(name) is { } y) Assert.InRange((double)y, -0.01, height + 0.01);
            foreach (string name in (string[])["width", "height", "r"])
                if (mark.Attribute(name) is { } size) Assert.InRange((double)size, 0, width);
            if (mark.Attribute("d") is { } path) Assert.Matches(new Regex(@"^[MLZVHmhv0-9. -]+$"), path.Value);
        }
    }
}
