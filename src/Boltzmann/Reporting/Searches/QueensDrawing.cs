using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>A board with its queens; those that attack each other are red and joined.</summary>
public static class QueensDrawing
{
    const double Longest = 560;

    /// <summary>As SVG.</summary>
    /// <param name="columns">The queen's column in each row, from 0; −1 for none.</param>
    /// <param name="title">Above the board.</param>
    public static string Svg(IReadOnlyList<int> columns, string title)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int n = columns.Count;
        double cell = Math.Min(44, Longest / n), side = n * cell;
        IReadOnlyList<(int First, int Second)> attacks = Queens.Attacks(columns);
        HashSet<int> attacked = [.. attacks.SelectMany(pair => (int[])[pair.First, pair.Second])];
        var drawing = new Drawing(title, side + 4, side + 4);
        drawing.Line("<g transform=\"translate(2 2)\">");
        for (int row = 0; row < n; row++)
            for (int column = row % 2 == 0 ? 1 : 0; column < n; column += 2)
                drawing.Box(column * cell, row * cell, cell, cell, "class=\"pale\"");
        drawing.Box(0, 0, side, side, "class=\"thin\"");
        foreach (var (a, b) in attacks)
            drawing.Stroke(Middle(columns[a]), Middle(a), Middle(columns[b]), Middle(b), "class=\"fault-line\" stroke-width=\"2.5\"");
        for (int row = 0; row < n; row++)
        {
            if (columns[row] < 0) continue;
            string style = attacked.Contains(row) ? "class=\"fault\"" : "class=\"found\"";
            string hint = $"row {row + 1}, column {columns[row] + 1}";
            double x = Middle(columns[row]), y = Middle(row), r = cell * 0.36;
            if (cell < 16) drawing.Dot(x, y, r, style, hint);
            else drawing.Line($"<path {style} d=\"{Crown(x, y, r)}\"><title>{hint}</title></path>");
        }
        drawing.Line("</g>");
        return drawing.Close();

        double Middle(int index) => (index + 0.5) * cell;
    }

    /// <summary>As lines of text: Q for a queen, X for one that attacks another.</summary>
    /// <param name="columns">As for <see cref="Svg"/>.</param>
    public static string Text(IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        HashSet<int> attacked = [.. Queens.Attacks(columns).SelectMany(pair => (int[])[pair.First, pair.Second])];
        var text = new StringBuilder();
        for (int row = 0; row < columns.Count; row++)
            text.AppendJoin(' ', Enumerable.Range(0, columns.Count)
                .Select(column => columns[row] != column ? '·' : attacked.Contains(row) ? 'X' : 'Q')).Append('\n');
        return text.ToString();
    }

    // Five points on a base.
    static string Crown(double x, double y, double r)
    {
        (double X, double Y)[] points = [(-0.8, 0.9), (-1, -0.55), (-0.5, 0.15), (-0.42, -0.85), (0, 0.1), (0.42, -0.85), (0.5, 0.15),
            (1, -0.55), (0.8, 0.9)];
        return "M" + string.Join('L', points.Select(p => $"{Drawing.N(x + r * p.X)} {Drawing.N(y + r * p.Y)}")) + "Z";
    }
}
