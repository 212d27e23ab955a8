using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// A drawing of a machine's layers as SVG text: a box for each layer, what rows clamp below, with its name, size and kind of units; bands
/// between boxes for weights, with an arrow where they lead downward alone, and a loop at a layer whose units are joined to each other.
/// </summary>
static class MachineDrawing
{
    const double BoxHeight = 46, LevelHeight = 104, Gap = 28, LeastWidth = 168, MostWidth = 330, Margin = 8,
        LoopWidth = 40, LoopWords = 110;

    const string Style = """
        .bm{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        .bm text{fill:var(--chart-text,#5b6470)}.bm .bm-name{fill:var(--chart-ink,#1c232b);font-weight:600}
        .bm .bm-box{fill:var(--chart-paper,#fff);stroke:var(--chart-axis,#9aa5b1);stroke-width:1.5}.bm .bm-rows{stroke:var(--chart-0,#2468b2);stroke-width:2.5}
        .bm .bm-band{fill:var(--chart-0,#2468b2);opacity:.13}.bm .bm-line{fill:none;stroke:var(--chart-axis,#9aa5b1);stroke-width:1.5}
        .bm .bm-tip{fill:var(--chart-axis,#9aa5b1)}
        @media(prefers-color-scheme:dark){.bm text{fill:var(--chart-text,#a3adb8)}.bm .bm-name{fill:var(--chart-ink,#eef1f4)}
        .bm .bm-box{fill:var(--chart-paper,#171c21);stroke:var(--chart-axis,#66717d)}.bm .bm-rows{stroke:var(--chart-0,#6cb0f5)}
        .bm .bm-band{fill:var(--chart-0,#6cb0f5)}.bm .bm-line{stroke:var(--chart-axis,#66717d)}.bm .bm-tip{fill:var(--chart-axis,#66717d)}}
        """;

    /// <summary>The drawing.</summary>
    public static string Svg(DrawnMachine machine)
    {
        int top = machine.Layers.Max(layer => layer.Level);
        double[] widths = [.. machine.Layers.Select(WidthOf)];
        double room = Enumerable.Range(0, top + 1).Max(level => WidthOfLevel(machine, widths, level));
        bool hasLoops = machine.Links.Any(link => link.Lower == link.Upper);
        double width = room + 2 * Margin + (hasLoops ? LoopWidth + LoopWords : 0), height = top * LevelHeight + BoxHeight + 2 * Margin;
        double[] left = new double[widths.Length];
        for (int level = 0; level <= top; level++)
        {
            double x = Margin + (room - WidthOfLevel(machine, widths, level)) / 2;
            for (int l = 0; l < widths.Length; l++)
            {
                if (machine.Layers[l].Level != level) continue;
                left[l] = x;
                x += widths[l] + Gap;
            }
        }
        double Top(int layer) => height - Margin - BoxHeight - machine.Layers[layer].Level * LevelHeight;
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bm\" viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" "
            + $"height=\"{N(height)}\" role=\"img\" aria-label=\"Layers of the machine\">\n<style>{Style}</style>\n");
        foreach (DrawnLink link in machine.Links) Append(svg, link, left, widths, Top);
        for (int l = 0; l < widths.Length; l++) Append(svg, machine.Layers[l], left[l], Top(l), widths[l]);
        return svg.Append("</svg>\n").ToString();
    }

    static void Append(StringBuilder svg, DrawnLayer layer, double x, double y, double width)
    {
        svg.Append($"<rect class=\"bm-box{(layer.IsOfRows ? " bm-rows" : "")}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" "
            + $"height=\"{N(BoxHeight)}\" rx=\"9\"/>\n");
        double centre = x + width / 2;
        svg.Append($"<text class=\"bm-name\" x=\"{N(centre)}\" y=\"{N(y + 19)}\" text-anchor=\"middle\">"
            + $"{Markup.Escape(layer.Name)}</text>\n");
        svg.Append($"<text x=\"{N(centre)}\" y=\"{N(y + 36)}\" text-anchor=\"middle\">{Markup.Escape(UnitWords.Of(layer.Units))}</text>\n");
    }

    static void Append(StringBuilder svg, DrawnLink link, double[] left, double[] widths, Func<int, double> top)
    {
        if (link.Lower == link.Upper)
        {
            double x = left[link.Lower] + widths[link.Lower], y = top(link.Lower) + BoxHeight / 2;
            svg.Append($"<path class=\"bm-line\" d=\"M{N(x)} {N(y - 11)}c{LoopWidth} -14 {LoopWidth} 36 0 22\">"
                + $"<title>{Markup.Escape(Words(link))}</title></path>\n");
            svg.Append($"<text x=\"{N(x + LoopWidth - 4)}\" y=\"{N(y + 5)}\">{Markup.Escape(Words(link))}</text>\n");
            return;
        }
        (int below, int above) = top(link.Lower) >= top(link.Upper) ? (link.Lower, link.Upper) : (link.Upper, link.Lower);
        double fromY = top(below), toY = top(above) + BoxHeight;
        if (top(below) == top(above)) (fromY, toY) = (top(below) + BoxHeight / 2, top(below) + BoxHeight / 2);
        double inset = 14;
        svg.Append($"<path class=\"bm-band\" d=\"M{N(left[below] + inset)} {N(fromY)}H{N(left[below] + widths[below] - inset)}"
            + $"L{N(left[above] + widths[above] - inset)} {N(toY)}H{N(left[above] + inset)}Z\"/>\n");
        double fromX = left[below] + widths[below] / 2, toX = left[above] + widths[above] / 2;
        svg.Append($"<path class=\"bm-line\" d=\"M{N(fromX)} {N(fromY)}L{N(toX)} {N(toY)}\"/>\n");
        if (link.IsDownward)
            svg.Append($"<path class=\"bm-tip\" d=\"M{N(fromX)} {N(fromY)}l-6 -11h12z\"/>\n");
        svg.Append($"<text x=\"{N((fromX + toX) / 2 + 9)}\" y=\"{N((fromY + toY) / 2 + 5)}\">{Markup.Escape(Words(link))}</text>\n");
    }

    static string Words(DrawnLink link) => $"{link.Pairs:N0} weights";

    static double WidthOfLevel(DrawnMachine machine, double[] widths, int level)
    {
        double[] own = [.. widths.Where((_, l) => machine.Layers[l].Level == level)];
        return own.Sum() + Gap * Math.Max(0, own.Length - 1);
    }

    // Wider boxes for more units, by the logarithm, and room for the words.
    static double WidthOf(DrawnLayer layer)
    {
        double letters = Math.Max(layer.Name.Length * 7.6, UnitWords.Of(layer.Units).Length * 6.9) + 28;
        double grown = LeastWidth + 26 * Math.Log10(Math.Max(1, layer.Units.Units));
        return Math.Max(letters, Math.Min(MostWidth, grown));
    }

    static string N(double value) => ChartCanvas.N(value);
}
