using System.Globalization;
using System.Text;

namespace Boltzmann.Reporting;

/// <summary>A table of texts, written aligned for a terminal or as Markdown. Columns of numbers stand to the right.</summary>
/// <param name="headers">Titles of the columns, with their units.</param>
public sealed partial class TextTable(params IReadOnlyList<string> headers)
{
    readonly List<IReadOnlyList<string>> rows = [];

    /// <summary>Titles of the columns.</summary>
    public IReadOnlyList<string> Headers { get; } = headers;

    /// <summary>The rows so far, one cell per column.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => rows;

    /// <summary>Adds a row.</summary>
    /// <returns>The table itself.</returns>
    /// <exception cref="ArgumentException">The row has another number of cells than the headers.</exception>
    public TextTable Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != Headers.Count) throw new ArgumentException($"a row of {cells.Count} cells does not fit {Headers.Count} columns");
        rows.Add(cells);
        return this;
    }

    /// <summary>Whether every cell of a column that says something begins like a number.</summary>
    public bool IsNumeric(int column) =>
        rows.Any(r => LooksNumeric(r[column]))
            && rows.All(r => LooksNumeric(r[column]) || r[column].Trim() is "" or "–" or "-" or "NaN" or "∞" or "−∞");

    /// <summary>Aligned lines: headers, a rule, the rows; cells of several lines are joined by spaces.</summary>
    public string ToText()
    {
        int[] widths = Widths(OneLine);
        var text = new StringBuilder();
        AppendText(text, Headers, widths);
        text.Append(string.Join("  ", widths.Select(w => new string('─', w)))).Append('\n');
        foreach (IReadOnlyList<string> row in rows) AppendText(text, row, widths);
        return text.ToString();
    }

    /// <summary>A Markdown table whose source is aligned too.</summary>
    public string ToMarkdown()
    {
        int[] widths = Widths(Escaped);
        for (int c = 0; c < widths.Length; c++) widths[c] = Math.Max(3, widths[c]);
        var text = new StringBuilder();
        AppendMarkdown(text, Headers, widths);
        text.Append('|');
        for (int c = 0; c < widths.Length; c++)
            text.Append(IsNumeric(c) ? $" {new string('-', widths[c] - 1)}: |" : $" {new string('-', widths[c])} |");
        text.Append('\n');
        foreach (IReadOnlyList<string> row in rows) AppendMarkdown(text, row, widths);
        return text.ToString();
    }

    /// <summary>The aligned lines.</summary>
    public override string ToString() => ToText();

    void AppendText(StringBuilder text, IReadOnlyList<string> row, int[] widths)
    {
        var line = new StringBuilder();
        for (int c = 0; c < widths.Length; c++) line.Append(c == 0 ? "" : "  ").Append(Padded(OneLine(row[c]), widths[c], IsNumeric(c)));
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    void AppendMarkdown(StringBuilder text, IReadOnlyList<string> row, int[] widths)
    {
        text.Append('|');
        for (int c = 0; c < widths.Length; c++) text.Append(' ').Append(Padded(Escaped(row[c]), widths[c], IsNumeric(c))).Append(" |");
        text.Append('\n');
    }

    int[] Widths(Func<string, string> shown) =>
        [.. Headers.Select((header, c) => rows.Select(r => Width(shown(r[c]))).Append(Width(shown(header))).Max())];

    static string Padded(string cell, int width, bool right)
    {
        var blanks = new string(' ', Math.Max(0, width - Width(cell)));
        return right ? blanks + cell : cell + blanks;
    }

    // Letters as the reader counts them: combining marks take no place of their own.
    static int Width(string text) => new StringInfo(text).LengthInTextElements;

    static string OneLine(string cell) => cell.ReplaceLineEndings(" ");

    static string Escaped(string cell) => OneLine(cell).Replace("|", "\\|");

    static bool LooksNumeric(string cell)
    {
        string text = cell.Trim().TrimStart('+', '-', '−', '±', '<', '>', '≤', '≥', '~', '≈', '×', ' ');
        return text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1 && char.IsAsciiDigit(text[1])))
            && text.Count(char.IsLetter) <= 8;
    }
}
