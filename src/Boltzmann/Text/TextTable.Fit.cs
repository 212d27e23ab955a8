using System.Text;

namespace Boltzmann.Reporting;

public sealed partial class TextTable
{
    // A column of text is not made narrower than the first, or than its longest word up to the second; below it, whole columns are left
    // out.
    const int NarrowestText = 12, LongestWord = 24, Gap = 2;

    /// <summary>
    /// Aligned lines of at most so many letters: cells of text, and titles, are broken between words into several lines, numbers never.
    /// Where that is not enough, columns are left out from the last one on, and an ellipsis stands for them.
    /// </summary>
    /// <param name="most">Letters in a line; null for as many as it takes.</param>
    public string ToText(int? most)
    {
        if (most is not int width || Total(Widths(OneLine)) <= width) return ToText();
        for (int shown = Headers.Count; shown > 1; shown--)
        {
            TextTable table = First(shown);
            int[] widths = table.Widths(OneLine), least = table.Least();
            if (Total(least) > width) continue;
            while (Total(widths) > width)
            {
                // What can give most gives first: long sentences shrink to the length of others.
                int widest = Enumerable.Range(0, widths.Length).Where(c => widths[c] > least[c]).MaxBy(c => widths[c]);
                widths[widest]--;
            }
            return table.Wrapped(widths);
        }
        return First(1).Wrapped([Math.Min(width, First(1).Widths(OneLine)[0])]);
    }

    static int Total(int[] widths) => widths.Sum() + Gap * (widths.Length - 1);

    TextTable First(int columns)
    {
        if (columns == Headers.Count) return this;
        var table = new TextTable([.. Headers.Take(columns), "…"]);
        foreach (IReadOnlyList<string> row in rows) table.Add([.. row.Take(columns), "…"]);
        return table;
    }

    // Numbers are whole, and so are the words of titles above them.
    int[] Least() => [.. Widths(OneLine).Select((full, c) => Math.Min(full,
        Math.Max(OneLine(Headers[c]).Split(' ').Max(Width), IsText(c) ? Math.Max(NarrowestText, Math.Min(LongestWord, WordOf(c)))
            : rows.Max(r => Width(OneLine(r[c]))))))];

    int WordOf(int column) => rows.Max(r => OneLine(r[column]).Split(' ').Max(Width));

    bool IsText(int column) => !IsNumeric(column) && rows.Any(r => Width(OneLine(r[column])) > NarrowestText);

    string Wrapped(int[] widths)
    {
        var text = new StringBuilder();
        Append(Headers);
        text.Append(string.Join("  ", widths.Select(w => new string('─', w)))).Append('\n');
        foreach (IReadOnlyList<string> row in rows) Append(row);
        return text.ToString();

        void Append(IReadOnlyList<string> cells)
        {
            string[][] parts = [.. cells.Select((cell, c) => Parts(OneLine(cell), widths[c]).ToArray())];
            for (int line = 0; line < parts.Max(p => p.Length); line++)
                AppendText(text, [.. parts.Select(p => line < p.Length ? p[line] : "")], widths);
        }
    }

    // A word that is longer than its column is broken: a path, say.
    static IEnumerable<string> Parts(string cell, int width)
    {
        string line = "";
        foreach (string word in cell.Split(' '))
        {
            string rest = word;
            if (line.Length > 0 && Width(line) + 1 + Width(rest) <= width)
            {
                line += " " + rest;
                continue;
            }
            if (line.Length > 0) yield return line;
            for (; Width(rest) > width; rest = rest[width..]) yield return rest[..width];
            line = rest;
        }
        yield return line;
    }
}
