using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Boltzmann.Tests.Reporting;

public class HtmlReportTests
{
    // A grey pixel, as bytes: a compressed stream of our own could change with the runtime.
    static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA05RTSgAAAABJRU5ErkJggg==");

    static readonly RunReportContent Content = new("Restricted Boltzmann machine, 784 × 500", "mnist · 60 000 rows · 2 epochs")
    {
        Headline = new("log-likelihood of 10 000 held-out rows", "−86.3 ± 0.2 nats per row")
        {
            Tone = HeadlineTone.Doubtful,
            Verdict = "log Z is doubtful: 1.2 nats between forward and reverse estimates",
            Details =
            [
                new("compared with pixels alone", "better by 120 ± 0.4 nats per row", "pixels alone: −206 nats"), new("log Z", "451"),
            ],
        },
        Machine = new("<p class=\"formula\"><var>E</var></p>\n", SvgChart.Bars(new("Layers"), [new("visible", 784)]), "Parameters."),
        Numbers = [new("Pseudo-likelihood", "−63 nats", "of training rows"), new("Time", "52 s")],
        Tiles = [new("Surest mistakes", "True → taken for.", [new("4 → 9, 93 %", Pixel), new("7 → 1, 80 %", Pixel)])],
        Changed = [new("hidden", "500") { Default = "256" }],
        Effective = [new("learning rate", "0.05 in epoch 1, then 0.01")],
        Notes = ["The run ended after its last epoch. <b>Nothing</b> was lost & found."],
        Images = [new("Filters", "What hidden units look for.", Pixel), new("Samples", "", Pixel)],
        Metrics =
        [
            new("training", "squared error per row", [new(1, 24.4), new(2, 15.25)]) { Chart = "reconstruction error" },
            new("validation", "squared error per row", [new(1, 20), new(2, 14.5)]) { Chart = "reconstruction error" },
            new("pseudo-likelihood", "nats per row", [new(1, -110), new(2, -90.5)]),
            new("something new", "", []) { Explanation = "Explained by who made it." },
        ],
        Charts = [new(SvgChart.Bars(new("Speed"), [new("ours", 2)]), "Longer is faster.")],
        Settings = [new("learning-rate", "0.05", "0.01"), new("seed", "1337")],
        CommandLine = "boltzmann train rbm --data mnist \\\n  --seed 1337",
        Footer = "Boltzmann 0.1.0",
    };

    [Fact]
    public void A_run_report_is_written_as_before() => GoldenFile.Check("report.html", RunReport.Render(Content));

    [Fact]
    public void A_report_is_well_formed_and_fetches_and_runs_nothing()
    {
        string html = RunReport.Render(Content);
        XElement root = Parse(html);
        Assert.Equal(["head", "body"], root.Elements().Select(e => e.Name.LocalName));
        string[] tags = [.. root.DescendantsAndSelf().Select(e => e.Name.LocalName)];
        Assert.DoesNotContain("script", tags);
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes()
            .Where(a => a.Name.LocalName is "src" or "href" or "srcset" or "action"))
            Assert.StartsWith("data:", attribute.Value);
        Assert.DoesNotContain("url(", html);
        Assert.DoesNotContain("@import", html);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", ""));
    }

    [Fact]
    public void Series_of_one_chart_share_a_picture_and_known_metrics_are_explained()
    {
        XElement root = Parse(RunReport.Render(Content));
        Assert.Equal(["Layers", "Reconstruction error", "Pseudo-likelihood", "Something new", "Speed"],
            root.Descendants().Where(e => (string?)e.Attribute("role") == "img").Select(e => (string)e.Attribute("aria-label")!));
        string text = root.Value;
        Assert.Contains("it is not a likelihood", text);
        Assert.Contains("predicted from all the others", text);
        Assert.Contains("Explained by who made it.", text);
    }

    [Fact]
    public void Pictures_come_back_out_of_the_page_with_their_size()
    {
        XElement image = Parse(RunReport.Render(Content)).Descendants().First(e => e.Name.LocalName == "img");
        Assert.Equal(("1", "1", "Filters"),
            ((string)image.Attribute("width")!, (string)image.Attribute("height")!, (string)image.Attribute("alt")!));
        string data = (string)image.Attribute("src")!;
        Assert.Equal(Pixel, Convert.FromBase64String(data["data:image/png;base64,".Length..]));
        Assert.Equal([127], PngReader.Decode(Pixel).Pixels);
    }

    [Fact]
    public void The_number_that_the_page_is_about_comes_first_and_settings_at_their_defaults_are_folded_away()
    {
        XElement root = Parse(RunReport.Render(Content));
        XElement first = root.Descendants().First(e => e.Name.LocalName is "section" or "dl" or "figure");
        Assert.Equal("headline", (string?)first.Attribute("class"));
        Assert.Contains("verdict doubtful", first.Elements().Select(e => (string?)e.Attribute("class")));
        XElement folded = root.Descendants().Single(e => e.Name.LocalName == "details");
        Assert.Equal(2, folded.Descendants().Count(e => e.Name.LocalName == "tr"));
        XElement changed = root.Descendants().First(e => e.Name.LocalName == "tr");
        Assert.Equal("hidden500default 256", changed.Value);
        Assert.Equal(["4 → 9, 93 %", "7 → 1, 80 %", "True → taken for."], root.Descendants()
            .Single(e => (string?)e.Attribute("class") == "group").Descendants().Where(e => e.Name.LocalName == "figcaption")
            .Select(e => e.Value));
    }

    [Fact]
    public void The_axis_of_shares_begins_at_0()
    {
        MetricSeries accuracy = new("accuracy", "share", [new(1, 0.91), new(2, 0.95)]);
        IEnumerable<string> Ticks(MetricSeries series) => Parse(RunReport.Render(new("t", "") { Metrics = [series] })).Descendants()
            .Where(e => e.Name.LocalName == "text").Select(e => e.Value);
        Assert.Contains("0.0", Ticks(accuracy with { IsShare = true }));
        Assert.DoesNotContain("0.0", Ticks(accuracy));
    }

    [Fact]
    public void An_almost_empty_report_has_no_empty_parts()
    {
        string html = RunReport.Render(new("Untrained", ""));
        Assert.DoesNotContain(Parse(html).Descendants(), e => e.Name.LocalName is "h2" or "figure" or "table" or "dl");
        Assert.DoesNotMatch(new Regex("<p[^>]*></p>"), html);
    }

    [Fact]
    public void Text_of_the_user_stays_text()
    {
        const string Hostile = "</title></style><script>alert(1)</script> & \"'\u0000";
        RunReportContent content = new(Hostile, Hostile)
        {
            Headline = new(Hostile, Hostile) { Verdict = Hostile, Details = [new(Hostile, Hostile, Hostile)] },
            Machine = new("", "", Hostile),
            Tiles = [new(Hostile, Hostile, [new(Hostile, Pixel)])],
            Changed = [new(Hostile, Hostile) { Default = Hostile }],
            Effective = [new(Hostile, Hostile)],
            Numbers = [new(Hostile, Hostile, Hostile)],
            Notes = [Hostile],
            Images = [new(Hostile, Hostile, Pixel)],
            Metrics = [new(Hostile, Hostile, [new(1, 1)])],
            Settings = [new(Hostile, Hostile, Hostile)],
            CommandLine = Hostile,
            Footer = Hostile,
        };
        string html = RunReport.Render(content);
        Assert.DoesNotContain("<script", html);
        Assert.Equal(Hostile.Replace('\0', ' '), Parse(html).Descendants().First(e => e.Name.LocalName == "h1").Value);
        Assert.DoesNotContain("<script", new HtmlReport("t").Table(new TextTable(Hostile).Add(Hostile)).ToString());
    }

    [Fact]
    public void Tables_put_numbers_to_the_right()
    {
        string html = new HtmlReport("t").Table(new TextTable("name", "ms").Add("a", "1.5")).ToString();
        Assert.Contains("<td>a</td><td class=\"number\">1.5</td>", html);
    }

    [Fact]
    public void What_is_not_a_png_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new HtmlReport("t").Images([new("cat", "", [1, 2, 3])]));
        Assert.Equal("the picture 'cat' is not a PNG file", error.Message);
    }

    // Every tag is closed and every attribute quoted, so that the page is XML too and a parser of the framework checks its nesting.
    static XElement Parse(string html)
    {
        const string Doctype = "<!DOCTYPE html>";
        Assert.StartsWith(Doctype, html);
        return XDocument.Parse(html[Doctype.Length..]).Root!;
    }
}
