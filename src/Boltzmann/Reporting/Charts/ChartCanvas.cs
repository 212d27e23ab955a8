using System.Globalization;
using System.Text;

namespace Boltzmann.Reporting;

/// <summary>The paper of a chart: an SVG document with style, title, legend, grid and axes, on which the marks are drawn.</summary>
sealed class ChartCanvas
{
    const double TextSize = 12;
    const int ColorCount = 6;

    // A page can set the variables; alone, the drawing follows the reader's preference for light or dark.
    internal const string Style = """
        .bz{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
        .bz text{fill:var(--chart-text,#5b6470)}.bz .bz-title{font-size:14px;font-weight:600;fill:var(--chart-ink,#1c232b)}.bz .bz-ink{fill:var(--chart-ink,#1c232b)}
        .bz .bz-grid{stroke:var(--chart-grid,#e4e7eb)}.bz .bz-axis{stroke:var(--chart-axis,#9aa5b1)}.bz .bz-paper{stroke:var(--chart-paper,#fff)}
        .bz .bz-line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.bz .bz-band{fill:currentColor;opacity:.16}
        .bz .bz-mark{fill:currentColor}.bz .bz-hover{fill:transparent}.bz .bz-hover:hover{fill:currentColor}.bz .bz-error{stroke:currentColor;stroke-width:1.25}
        .bz .c0{color:var(--chart-0,#2468b2)}.bz .c1{color:var(--chart-1,#cf6a1c)}.bz .c2{color:var(--chart-2,#2f8a57)}
        .bz .c3{color:var(--chart-3,#7a4fb3)}.bz .c4{color:var(--chart-4,#c0364f)}.bz .c5{color:var(--chart-5,#1b8793)}
        @media(prefers-color-scheme:dark){
        .bz text{fill:var(--chart-text,#a3adb8)}.bz .bz-title,.bz .bz-ink{fill:var(--chart-ink,#eef1f4)}
        .bz .bz-grid{stroke:var(--chart-grid,#2b323a)}.bz .bz-axis{stroke:var(--chart-axis,#66717d)}.bz .bz-paper{stroke:var(--chart-paper,#171c21)}
        .bz .c0{color:var(--chart-0,#6cb0f5)}.bz .c1{color:var(--chart-1,#f2a25c)}.bz .c2{color:var(--chart-2,#67c493)}
        .bz .c3{color:var(--chart-3,#b596ea)}.bz .c4{color:var(--chart-4,#f27a90)}.bz .c5{color:var(--chart-5,#58c8d3)}}
        """;

    readonly StringBuilder svg = new();

    /// <summary>Opens the document and writes title, axis titles and legend; the plot lies below them.</summary>
    /// <param name="frame">Titles and size.</param>
    /// <param name="height">Height of the whole drawing.</param>
    /// <param name="leftLabels">What will stand to the left of the plot.</param>
    /// <param name="legend">Names of the series; one alone needs none.</param>
    /// <param name="isMarks">Whether the legend shows points instead of lines.</param>
    public ChartCanvas(ChartFrame frame, double height, IEnumerable<string> leftLabels, IReadOnlyList<string> legend, bool isMarks = false)
    {
        if (frame.Width < 160 || height < 80) throw new ArgumentException($"a chart is at least 160 × 80, not {frame.Width} × {height}");
        Frame = frame;
        string name = frame.Title != "" ? frame.Title : frame.YTitle != "" ? frame.YTitle : "chart";
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"bz\" viewBox=\"0 0 {frame.Width} {N(height)}\" "
            + $"width=\"{frame.Width}\" height=\"{N(height)}\" role=\"img\" aria-label=\"{Markup.Escape(name)}\">");
        Line($"<style>{Style}</style>");
        double y = 2;
        if (frame.Title != "") Text(0, (y += 18) - 4, frame.Title, "bz-title");
        if (legend.Count > 1) y = Legend(legend, y, isMarks);
        if (frame.YTitle != "") Text(0, (y += 18) - 4, frame.YTitle);
        Top = y + 12;
        Left = Math.Min(leftLabels.Select(TextWidth).DefaultIfEmpty(0).Max() + 10, frame.Width * 0.45);
        Right = frame.Width - 14;
        Bottom = Math.Max(Top + 10, height - (frame.XTitle != "" ? 42 : 24));
    }

    public ChartFrame Frame { get; }

    public double Left { get; }

    public double Top { get; }

    public double Right { get; }

    public double Bottom { get; }

    public double X(Axis axis, double value) => Left + (axis.Place(value) * (Right - Left));

    public double Y(Axis axis, double value) => Bottom - (axis.Place(value) * (Bottom - Top));

    /// <summary>Class of the colour of series i.</summary>
    public static string Color(int series) => "c" + (series % ColorCount);

    /// <summary>After six series the colours come again, dashed.</summary>
    public static string Dash(int series) => (series / ColorCount) switch
    {
        0 => "",
        1 => " stroke-dasharray=\"6 5\"",
        _ => " stroke-dasharray=\"1 5\"",
    };

    /// <summary>After six series the colours come again, as rings.</summary>
    public static string Ring(int series) => series < ColorCount ? "" : " style=\"fill:none;stroke:currentColor;stroke-width:1.5\"";

    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    public static double TextWidth(string text) => text.Length * TextSize * 0.62;

    public void Line(string markup) => svg.Append(markup).Append('\n');

    public void Text(double x, double y, string text, string style = "", string anchor = "start")
    {
        string attributes = (style == "" ? "" : $" class=\"{style}\"") + (anchor == "start" ? "" : $" text-anchor=\"{anchor}\"");
        Line($"<text x=\"{N(x)}\" y=\"{N(y)}\"{attributes}>{Markup.Escape(text)}</text>");
    }

    /// <summary>A filled rectangle that shows a text when pointed at.</summary>
    public void Box(double x, double y, double width, double height, string attributes, string hint) =>
        Line($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" "
            + $"{attributes}><title>{Markup.Escape(hint)}</title></rect>");

    /// <summary>Horizontal grid lines with labels at the ticks of a vertical axis.</summary>
    public void VerticalAxis(Axis axis)
    {
        foreach ((double value, string label) in axis.Ticks)
        {
            double y = Y(axis, value);
            Line($"<line class=\"bz-grid\" x1=\"{N(Left)}\" x2=\"{N(Right)}\" y1=\"{N(y)}\" y2=\"{N(y)}\"/>");
            Text(Left - 8, y + 4, label, anchor: "end");
        }
    }

    /// <summary>The line at the bottom, its ticks and labels, and its title. Labels that would touch the one before are left out.</summary>
    public void HorizontalAxis(Axis axis, bool grid = false)
    {
        double free = double.NegativeInfinity;
        foreach ((double value, string label) in axis.Ticks)
        {
            double x = X(axis, value), width = TextWidth(label);
            if (grid) Line($"<line class=\"bz-grid\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{N(Top)}\" y2=\"{N(Bottom)}\"/>");
            else Line($"<line class=\"bz-axis\" x1=\"{N(x)}\" x2=\"{N(x)}\" y1=\"{N(Bottom)}\" y2=\"{N(Bottom + 4)}\"/>");
            double centre = Math.Min(x, Frame.Width - (width / 2));
            if (centre - (width / 2) < free) continue;
            free = centre + (width / 2) + 6;
            Text(centre, Bottom + 17, label, anchor: "middle");
        }
        if (!grid) Line($"<line class=\"bz-axis\" x1=\"{N(Left)}\" x2=\"{N(Right)}\" y1=\"{N(Bottom)}\" y2=\"{N(Bottom)}\"/>");
        XTitle((Left + Right) / 2);
    }

    /// <summary>The title of the horizontal axis, below the labels.</summary>
    public void XTitle(double centre)
    {
        if (Frame.XTitle != "") Text(centre, Bottom + 36, Frame.XTitle, anchor: "middle");
    }

    /// <summary>Says in the middle of the plot why it is empty.</summary>
    public void Empty(string reason) => Text((Left + Right) / 2, (Top + Bottom) / 2, reason, anchor: "middle");

    public string Close()
    {
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    double Legend(IReadOnlyList<string> names, double y, bool isMarks)
    {
        double x = 0;
        y += 18;
        for (int i = 0; i < names.Count; i++)
        {
            double width = 24 + TextWidth(names[i]) + 16;
            if (x > 0 && x + width > Frame.Width)
            {
                x = 0;
                y += 18;
            }
            Line($"<g class=\"{Color(i)}\">{Sample(i)}</g>");
            Text(x + 24, y - 4, names[i], "bz-ink");
            x += width;
        }
        return y;

        string Sample(int i) => isMarks
            ? $"<circle class=\"bz-mark\"{Ring(i)} r=\"4\" cx=\"{N(x + 9)}\" cy=\"{N(y - 8)}\"/>"
            : $"<line class=\"bz-line\"{Dash(i)} x1=\"{N(x + 1)}\" x2=\"{N(x + 17)}\" y1=\"{N(y - 8)}\" y2=\"{N(y - 8)}\"/>";
    }
}
