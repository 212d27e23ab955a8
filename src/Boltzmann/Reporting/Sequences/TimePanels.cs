namespace Boltzmann.Reporting;

/// <summary>Panels one above the other over the same steps: their left edges and their axis of time agree.</summary>
static class TimePanels
{
    const double Width = 680, LegendLine = 18, Header = 22, Below = 12, Labels = 44, Right = 10;

    // Pointing at points is worth its bytes only while they can be told apart.
    const int MostHints = 400, MostDots = 40;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="panels">From the top down.</param>
    /// <param name="caption">Under the axis of time.</param>
    /// <param name="borders">Steps at which something begins, and what.</param>
    public static string Svg(string title, IReadOnlyList<TimePanel> panels, string caption,
        IReadOnlyList<(double X, string Label)>? borders = null)
    {
        TimeCurve[] curves = [.. panels.SelectMany(p => p.Curves)];
        Axis x = Axis.For(curves.SelectMany(c => c.Points).Where(p => Axis.IsDrawable(p.Y)).Select(p => p.X)
            .Concat(borders?.Select(b => b.X) ?? []), 9, widen: false);
        Axis[] heights = [.. panels.Select(HeightsOf)];
        double left = heights.SelectMany(a => a.Ticks).Select(t => ChartCanvas.TextWidth(t.Label)).DefaultIfEmpty(0).Max() + 10;
        TimeCurve[] named = [.. curves.Where(c => c.Name != "").DistinctBy(c => (c.Name, c.Look == CurveLook.Thin ? -1 : c.Color))];
        var (legend, legendHeight) = LegendOf(named.Length > 1 ? named : []);
        IReadOnlyList<string> lines = CaptionLines.Of(caption, Width - left);
        var drawing = new Drawing(title, Width, legendHeight + panels.Sum(p => Header + p.Height + Below) + Labels
            + (lines.Count - 1) * CaptionLines.Height);
        foreach (var (curve, at, down) in legend) Entry(drawing, curve, at, down);
        double top = legendHeight;
        for (int k = 0; k < panels.Count; k++)
        {
            drawing.Text(0, top + 12, panels[k].Name, anchor: "start");
            top += Header;
            var plot = new PanelPlot(drawing, x, heights[k], left, Width - Right, top, panels[k].Height);
            plot.Grid();
            foreach (var (at, label) in borders ?? []) plot.Border(at, k == 0 ? label : "");
            foreach (TimeCurve curve in panels[k].Curves) plot.Draw(curve, MostDots, MostHints);
            foreach (var (point, label) in panels[k].Marks) plot.Ring(point, label);
            if (!panels[k].Curves.Any(c => c.Points.Any(p => Axis.IsDrawable(p.Y)))) plot.Empty();
            top += panels[k].Height + Below;
            if (k == panels.Count - 1) plot.Time(lines);
        }
        return drawing.Close();
    }

    static Axis HeightsOf(TimePanel panel)
    {
        IEnumerable<double> values = panel.Curves.SelectMany(c => c.Points).Where(p => Axis.IsDrawable(p.Y))
            .SelectMany(p => (double[])[p.Y, p.Low ?? p.Y, p.High ?? p.Y]);
        return Axis.For(panel.HasZero ? values.Append(0) : values, panel.Height < 40 ? 1 : (int)Math.Max(2, panel.Height / 28));
    }

    static (IReadOnlyList<(TimeCurve Curve, double X, double Y)>, double Height) LegendOf(IReadOnlyList<TimeCurve> curves)
    {
        var places = new List<(TimeCurve, double, double)>();
        double x = 0, y = 0;
        foreach (TimeCurve curve in curves)
        {
            double wide = 40 + ChartCanvas.TextWidth(curve.Name);
            if (x > 0 && x + wide > Width) (x, y) = (0, y + LegendLine);
            places.Add((curve, x, y));
            x += wide;
        }
        return (places, places.Count == 0 ? 0 : y + LegendLine + 4);
    }

    static void Entry(Drawing drawing, TimeCurve curve, double x, double y)
    {
        string style = curve.Look == CurveLook.Thin ? "class=\"thin\" stroke-width=\"1.25\"" : "class=\"bz-line\"";
        drawing.Line($"<g class=\"{ChartCanvas.Color(curve.Color)}\">");
        if (curve.Look == CurveLook.Stems) drawing.Dot(x + 9, y + 6, 3.5, "class=\"bz-mark\"");
        else drawing.Stroke(x + 1, y + 6, x + 17, y + 6, style);
        drawing.Line("</g>");
        drawing.Text(x + 24, y + 10, curve.Name, "class=\"bz-ink\"", anchor: "start");
    }
}
