using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>Clauses as the cells of a square, in the file's order: the more literals hold, the darker; a clause of which none does is
/// red.</summary>
public static class ClauseDrawing
{
    const double Width = 560;
    const int MostCells = 14_400;

    /// <summary>As SVG.</summary>
    /// <param name="clauses">The clauses.</param>
    /// <param name="state">0 or 1 for each variable.</param>
    /// <param name="title">Above it.</param>
    public static string Svg(ProblemClauses clauses, IReadOnlyList<byte> state, string title)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        ArgumentNullException.ThrowIfNull(state);
        int count = clauses.Count, columns = (int)Math.Ceiling(Math.Sqrt(Math.Min(count, MostCells))), most = 1;
        int[] holding = new int[count];
        for (int c = 0; c < count; c++)
        {
            foreach (int literal in clauses[c]) holding[c] += state[Math.Abs(literal) - 1] != 0 == literal > 0 ? 1 : 0;
            most = Math.Max(most, holding[c]);
        }
        // Of more clauses than cells, those that do not hold are shown, and the others thinned.
        int[] shown = [.. Enumerable.Range(0, count)];
        if (count > MostCells)
            shown = [.. shown.Where(c => holding[c] == 0).Take(MostCells),
                .. shown.Where((c, k) => holding[c] > 0 && (long)k * MostCells / count != (long)(k - 1) * MostCells / count)];
        shown = [.. shown.Take(MostCells).Order()];
        double cell = Math.Min(24, Width / columns);
        int rows = (shown.Length + columns - 1) / columns;
        var drawing = new Drawing(title, Width, rows * cell + 46);
        for (int k = 0; k < shown.Length; k++)
        {
            int held = holding[shown[k]];
            string style = held == 0 ? "class=\"fault\""
                : $"class=\"bz-mark c0\" opacity=\"{Drawing.N(0.15 + 0.75 * held / most)}\"";
            drawing.Box(k % columns * cell + 0.5, k / columns * cell + 0.5, cell - 1, cell - 1, style,
                $"clause {shown[k] + 1}: {held} of {clauses[shown[k]].Length} literals hold");
        }
        double x = 0;
        for (int held = 0; held <= Math.Min(most, 8); held++)
        {
            int with = holding.Count(h => h == held);
            drawing.Box(x, rows * cell + 16, 12, 12, held == 0 ? "class=\"fault\""
                : $"class=\"bz-mark c0\" opacity=\"{Drawing.N(0.15 + 0.75 * held / most)}\"");
            string text = $"{held} hold: {with}";
            drawing.Text(x + 17, rows * cell + 26, text, anchor: "start");
            x += 30 + ChartCanvas.TextWidth(text);
        }
        return drawing.Close();
    }
}
