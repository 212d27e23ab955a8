using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>Numbers on two sides, as two stacked bars.</summary>
public static class PartitionDrawing
{
    const double Width = 560, Bar = 46, Inset = 62;

    /// <summary>As SVG, the largest numbers first.</summary>
    /// <param name="numbers">What was divided.</param>
    /// <param name="sides">Whether each is on the first side.</param>
    /// <param name="title">Above it.</param>
    public static string Svg(IReadOnlyList<long> numbers, IReadOnlyList<bool> sides, string title)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(sides);
        var drawing = new Drawing(title, Width, 2 * Bar + 40);
        double longest = Math.Max(1, Math.Max(Sum(true), Sum(false)));
        for (int side = 0; side < 2; side++)
        {
            double x = Inset, y = side * (Bar + 14), scale = (Width - Inset - 60) / longest;
            drawing.Text(0, y + Bar / 2 + 4, side == 0 ? "first" : "second", "class=\"bz-ink\"", anchor: "start");
            foreach (long number in Of(side == 0).OrderDescending())
            {
                double width = number * scale;
                drawing.Box(x, y, width, Bar, $"class=\"bz-mark bz-paper c{side}\" stroke-width=\"1\"", $"{number}");
                string text = $"{number}";
                if (ChartCanvas.TextWidth(text) + 4 <= width) drawing.Text(x + width / 2, y + Bar / 2 + 4, text, "class=\"on\"");
                x += width;
            }
            drawing.Text(x + 6, y + Bar / 2 + 4, $"{Sum(side == 0)}", "class=\"bz-ink\"", anchor: "start");
        }
        return drawing.Close();

        IEnumerable<long> Of(bool side) => numbers.Where((_, i) => sides[i] == side);
        long Sum(bool side) => Of(side).Sum();
    }

    /// <summary>As lines of text: each side's sum and numbers.</summary>
    /// <param name="numbers">What was divided.</param>
    /// <param name="sides">Whether each is on the first side.</param>
    public static string Text(IReadOnlyList<long> numbers, IReadOnlyList<bool> sides)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(sides);
        var text = new StringBuilder();
        foreach (bool side in (bool[])[true, false])
        {
            long[] own = [.. numbers.Where((_, i) => sides[i] == side).OrderDescending()];
            text.Append($"{own.Sum()} = ").AppendJoin(" + ", own).Append('\n');
        }
        return text.ToString();
    }
}
