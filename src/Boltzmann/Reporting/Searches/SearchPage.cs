namespace Boltzmann.Reporting;

/// <summary>The page of a search: what came of it, its pictures, and how it was made.</summary>
public static class SearchPage
{
    /// <summary>As HTML, complete in itself.</summary>
    /// <param name="title">The problem.</param>
    /// <param name="subtitle">A line about it.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="charts">Drawings and charts as SVG, with their words.</param>
    /// <param name="others">Further tables with their headings: what is violated, temperatures.</param>
    /// <param name="command">What repeats the search.</param>
    public static string Html(string title, string subtitle, TextTable result, IReadOnlyList<ReportChart> charts,
        IReadOnlyList<(string Heading, TextTable Table)> others, string command)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentNullException.ThrowIfNull(others);
        HtmlReport page = new HtmlReport(title, subtitle).Table(result).Heading("Pictures").Charts(charts);
        foreach (var (heading, table) in others) page.Heading(heading).Table(table);
        return page.Heading("Again").Code(command).ToString();
    }
}
