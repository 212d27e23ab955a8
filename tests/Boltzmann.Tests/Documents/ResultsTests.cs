using System.Globalization;
using System.Text.RegularExpressions;

namespace Boltzmann.Tests.Documents;

/// <summary>Tables of results are written by hand from pages that runs have written: their figures stand there.</summary>
public partial class ResultsTests
{
    static readonly string folder = Path.Combine(Repository.Root, "docs", "results");

    [Theory, InlineData("README.md"), InlineData("docs/results/README.md")]
    public void Every_figure_is_on_the_page_that_its_row_links_to(string name)
    {
        string published = File.ReadAllText(Path.Combine(Repository.Root, "src", "Boltzmann.Experiments", "Experiments.json"));
        string pages = string.Concat(Directory.EnumerateFiles(folder, "*.md").Where(path => !path.EndsWith("README.md"))
            .Select(File.ReadAllText));
        string? page = null;
        int rows = 0;
        var missing = new List<string>();
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, name)))
        {
            if (!line.StartsWith("| ", StringComparison.Ordinal)) page = null;
            if (PageLink().Match(line) is { Success: true } link) page = link.Groups["page"].Value;
            if (page is null || !File.Exists(Path.Combine(folder, page))) continue;
            rows++;
            string own = File.ReadAllText(Path.Combine(folder, page));
            string[] cells = line.Trim('|', ' ').Split(" | ");
            // What is printed in bold is what the experiment is about; what stands beside it may come from another page or from a source.
            foreach (string cell in cells.Skip(1))
            {
                foreach (Match bold in Bold().Matches(cell)) Require(bold.Value, own, page);
                Require(cell, pages + published, "any page of results");
            }
        }
        Assert.True(rows >= 7, $"only {rows} rows with a page");
        Found.Nothing(missing);

        void Require(string text, string source, string where) => missing.AddRange(Figure().Matches(text).Select(match => match.Value)
            .Where(figure => !Holds(source, figure)).Select(figure => $"{name}: {figure} is not on {where}"));
    }

    // As it stands, or with more digits that round to it.
    static bool Holds(string source, string figure)
    {
        int decimals = figure.Length - figure.IndexOf('.') - 1;
        decimal value = decimal.Parse(figure, CultureInfo.InvariantCulture), half = 0.5m / (decimal)Math.Pow(10, decimals);
        return Figure().Matches(source).Any(match => match.Value.Length - match.Value.IndexOf('.') - 1 >= decimals
            && Math.Abs(decimal.Parse(match.Value, CultureInfo.InvariantCulture) - value) <= half);
    }

    [GeneratedRegex(@"\((?:docs/results/)?(?<page>[a-z-]+\.md)\)")]
    private static partial Regex PageLink();

    [GeneratedRegex(@"\*\*.*?\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Figure();
}
