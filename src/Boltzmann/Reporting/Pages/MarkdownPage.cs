using System.Text;

namespace Boltzmann.Reporting;

/// <summary>A Markdown page, written part by part: pages of results and of data.</summary>
/// <param name="title">First heading.</param>
public sealed class MarkdownPage(string title)
{
    readonly StringBuilder text = new($"# {title}\n");

    /// <summary>A heading below the title; level 2 unless deeper.</summary>
    public MarkdownPage Heading(string heading, int level = 2) => Part($"{new string('#', level)} {heading}");

    /// <summary>A paragraph; Markdown inside it stays Markdown.</summary>
    public MarkdownPage Paragraph(string paragraph) => Part(paragraph.Trim());

    /// <summary>A list of points.</summary>
    public MarkdownPage List(params IEnumerable<string> items) =>
        Part(string.Join('\n', items.Select(i => "- " + i.ReplaceLineEndings("\n  "))));

    /// <summary>A table.</summary>
    public MarkdownPage Table(TextTable table) => Part(table.ToMarkdown().TrimEnd());

    /// <summary>Lines as they are, in a fence longer than any inside them.</summary>
    /// <param name="code">The lines.</param>
    /// <param name="language">Word for the reader's highlighter: sh, csharp, text.</param>
    public MarkdownPage Code(string code, string language = "")
    {
        string fence = "```";
        while (code.Contains(fence)) fence += "`";
        return Part($"{fence}{language}\n{code.ReplaceLineEndings("\n").TrimEnd()}\n{fence}");
    }

    /// <summary>A picture from a file.</summary>
    /// <param name="alternative">What the picture shows, for who cannot see it.</param>
    /// <param name="path">Path relative to the page.</param>
    public MarkdownPage Image(string alternative, string path) => Part($"![{alternative}]({path.Replace(" ", "%20")})");

    /// <summary>The page, ending in one line break.</summary>
    public override string ToString() => text.ToString();

    MarkdownPage Part(string part)
    {
        text.Append('\n').Append(part).Append('\n');
        return this;
    }
}
