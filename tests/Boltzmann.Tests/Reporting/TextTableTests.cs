namespace Boltzmann.Tests.Reporting;

public class TextTableTests
{
    static readonly TextTable Peers = new TextTable("program", "ms per step", "note")
        .Add("Boltzmann", "0.157", "all cores")
        .Add("PyTorch, tuned", "1.1", "one | two\nthreads")
        .Add("naïve ×", "–", "");

    [Fact]
    public void A_table_of_text_is_written_as_before() => GoldenFile.Check("table.txt", Peers.ToText());

    [Fact]
    public void A_table_in_markdown_is_written_as_before() => GoldenFile.Check("table.md", Peers.ToMarkdown());

    [Fact]
    public void Only_columns_of_numbers_stand_to_the_right() =>
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(Peers.IsNumeric));

    [Fact]
    public void Numbers_with_signs_errors_and_units_are_numbers()
    {
        TextTable table = new TextTable("nats", "time", "date and more").Add("−86.3 ± 0.2", "1.83 ms",
            "2024 was when all this had begun").Add("+4", "3 s", "");
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(table.IsNumeric));
    }

    [Fact]
    public void A_row_that_does_not_fit_is_refused() => Assert.Throws<ArgumentException>(() => new TextTable("a", "b").Add("1"));

    [Fact]
    public void A_table_without_rows_has_its_headers() => Assert.Equal("a  bc\n─  ──\n", new TextTable("a", "bc").ToString());

    [Fact]
    public void A_markdown_page_is_written_as_before() => GoldenFile.Check("page.md", new MarkdownPage("rbm-mnist")
        .Paragraph("A machine with *500* hidden units.")
        .Heading("Numbers").Table(Peers)
        .List("first point", "second point\nof two lines")
        .Code("boltzmann experiment run rbm-mnist\n", "sh")
        .Code("has a ``` fence")
        .Image("Filters of the hidden units", "rbm mnist/filters.png")
        .ToString());
}
