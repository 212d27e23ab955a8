using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

/// <summary>Pages with places that runs fill.</summary>
public class PageTemplateTests
{
    static string Fill(string text, PageValues values, PageValues? common = null) =>
        new PageTemplate("trial", text).Fill(values, common ?? []);

    static string Wrong(Action work) => Assert.Throws<InvalidOperationException>(work).Message;

    [Fact]
    public void Texts_and_tables_take_their_places_as_they_are()
    {
        TextTable table = new TextTable("a", "b").Add("x", "1");
        Assert.Equal("# Two of 3\n\n| a   |   b |\n| --- | --: |\n| x   |   1 |\n",
            Fill("# {{count}} of {{all}}\n\n{{table}}\n", new() { { "count", "Two" }, { "table", table } }, new() { { "all", "3" } }));
        // What is filled in is not read again: settings may have braces.
        Assert.Equal("{\"a\":{{b}}}", Fill("{{settings}}", new() { { "settings", "{\"a\":{{b}}}" } }));
    }

    [Fact]
    public void Parts_are_repeated_for_their_entries_and_leave_no_empty_lines()
    {
        const string Page = "above\n\n{{#warnings}}\nWarning: {{warning}} in {{unit}}.\n\n{{/warnings}}\nbelow\n";
        PageValues Of(params string[] warnings) => new()
        {
            { "warnings", warnings.Select(warning => new PageValues { { "warning", warning } }) },
            { "unit", "nats" },
        };
        Assert.Equal("above\n\nbelow\n", Fill(Page, Of()));
        Assert.Equal("above\n\nWarning: one in nats.\n\nWarning: two in nats.\n\nbelow\n", Fill(Page, Of("one", "two")));

        const string Either = "It is {{#quick}}a trial{{/quick}}{{#whole}}whole{{/whole}}.";
        Assert.Equal("It is a trial.", Fill(Either, new() { { "quick", true }, { "whole", false } }));
        Assert.Equal("It is whole.", Fill(Either, new() { { "quick", false }, { "whole", true } }));

        // The inmost value counts.
        PageValues inner = new() { { "name", "inner" } }, outer = new() { { "name", "outer" }, { "part", true, inner } };
        Assert.Equal("outer inner", Fill("{{name}} {{#part}}{{name}}{{/part}}", outer));
    }

    [Fact]
    public void A_place_that_nothing_fills_and_a_value_without_a_place_are_mistakes_that_are_named()
    {
        Assert.Equal("page trial: nothing fills {{tabel}}", Wrong(() => Fill("{{tabel}}", [])));
        PageValues much = new() { { "table", "" }, { "seed", "" } };
        Assert.Equal("page trial: the page has no place for 'table'", Wrong(() => Fill("{{seed}}", much)));
        Assert.Equal("page trial: nothing says what {{#part}} is repeated for", Wrong(() => Fill("{{#part}}{{/part}}", [])));
        PageValues strange = new() { { "part", true, new() { { "other", "" } } } };
        Assert.Equal("page trial: the page has no place for 'other'", Wrong(() => Fill("{{#part}}{{/part}}{{other}}", strange)));
        // A text for a part, and the reverse.
        Assert.Contains("nothing says what", Wrong(() => Fill("{{#part}}{{/part}}", new() { { "part", "" } })));
        Assert.Contains("nothing fills", Wrong(() => Fill("{{part}}", new() { { "part", true } })));
        // What any page may ask for need not be asked for.
        Assert.Equal("", Fill("", [], new() { { "seed", "1" } }));
        Assert.Throws<ArgumentException>(() => new PageValues { { "twice", "" }, { "twice", "" } });
    }

    [Theory]
    [InlineData("{{Table}}", "a mark cannot be read in '{{Table}}'")]
    [InlineData("{{ table }}", "a mark cannot be read")]
    [InlineData("table}}", "a mark cannot be read")]
    [InlineData("{{#part}}", "{{#part}} has no end")]
    [InlineData("{{/part}}", "{{/part}} ends nothing that is open")]
    [InlineData("{{#a}}{{#b}}{{/a}}{{/b}}", "{{/a}} ends nothing that is open")]
    public void Marks_that_make_no_sense_are_refused_as_the_page_is_read(string text, string reason) =>
        Assert.Contains(reason, Wrong(() => Fill(text, [])));

    public static TheoryData<string> Experiments => [.. Experiment.All.Select(experiment => experiment.Name)];

    [Theory, MemberData(nameof(Experiments))]
    public void Every_place_of_an_experiments_page_is_named_by_its_source(string name)
    {
        // Without running it, which takes minutes: a page asks for nothing that its experiment has not heard of.
        Experiment experiment = Experiment.Find(name);
        string source = string.Concat(Sources(experiment.GetType()).Select(File.ReadAllText));
        PageTemplate page = PageTemplate.Of(experiment.Template);
        Assert.Contains("command", page.Places);
        Assert.Contains("quick", page.Places);
        Assert.All(page.Places, place => Assert.Contains($"\"{place}\"", source));
    }

    // The files of a class and of those that it derives from.
    static IEnumerable<string> Sources(Type type)
    {
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
            yield return Path.Combine(Repository.Root, "src", "Boltzmann.Experiments", $"{t.Name}.cs");
    }

    [Fact]
    public void Every_page_belongs_to_an_experiment()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Boltzmann.Experiments", "Pages"))
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(files.Order(), Experiment.All.Select(experiment => experiment.Template).Distinct().Order());
    }
}
