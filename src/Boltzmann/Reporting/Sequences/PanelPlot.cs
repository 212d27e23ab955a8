namespace Boltzmann.Reporting;

/// <summary>The plot of a panel: where it lies on the drawing, and how curves come onto it.</summary>
sealed class PanelPlot(Drawing drawing, Axis time, Axis heights, double left, double right, double top, double height)
{
    static readonly ChartFrame plain = new("");

    double Bottom => top + height;

    double X(double step) => left + time.Place(step) * (right - left);

    double Y(double value) => Bottom - heights.Place(value) * height;

    /// <summary>Horizontal lines at the ticks, with labels.</summary>
    public void Grid()
    {
        foreach (var (value, label) in heights.Ticks)
        {
            drawing.Stroke(left, Y(value), right, Y(value), "class=\"bz-grid\"");
            drawing.Text(left - 8, Y(value) + 4, label, anchor: "end");
        }
    }

    /// <summary>A dashed line at a step, with a word to its right, or its left near the end.</summary>
    public void Border(double step, string label)
    {
        double x = X(step);
        drawing.Stroke(x, top - 4, x, Bottom, "class=\"frame\" stroke-dasharray=\"4 3\"");
        bool fits = x + ChartCanvas.TextWidth(label) < right;
        if (label != "") drawing.Text(x + (fits ? 4 : -4), top - 8, label, "class=\"bz-ink\"", anchor: fits ? "start" : "end");
    }

    /// <summary>A curve with its band, its dots if they are few, and numbers where the pointer is.</summary>
    public void Draw(TimeCurve curve, int mostDots, int mostHints)
    {
        IReadOnlyList<ChartPoint> points = curve.Drawn();
        drawing.Line($"<g class=\"{ChartCanvas.Color(curve.Color)}\">");
        if (curve.Look == CurveLook.Stems) Stems(points);
        else
            foreach (List<ChartPoint> run in SvgChart.Runs(plain, points))
            {
                if (run.Count > 1 && run.Any(p => p.Low is not null || p.High is not null)) Band(run);
                if (run.Count > 1) drawing.Line($"<path {Pen(curve.Look)} d=\"M{string.Join('L', run.Select(p => Place(p.X, p.Y)))}\"/>");
            }
        int drawn = points.Count(p => Axis.IsDrawable(p.Y));
        bool hasDots = curve.Look == CurveLook.Stems ? drawn <= 4 * mostDots : drawn <= mostDots;
        if (curve.Points.Count <= mostHints && (curve.Look != CurveLook.Thin || drawn == 1)) Hints(curve, hasDots);
        drawing.Line("</g>");
    }

    /// <summary>Rings a point and writes a word above it.</summary>
    public void Ring(ChartPoint point, string label)
    {
        if (!Axis.IsDrawable(point.Y)) return;
        double x = X(point.X), y = Y(point.Y), half = ChartCanvas.TextWidth(label) / 2;
        drawing.Dot(x, y, 4.5, "class=\"fault-line\" stroke-width=\"1.75\"", label);
        if (label != "") drawing.Text(Math.Clamp(x, left + half, right - half), Math.Max(top + 4, y - 9), label, "class=\"fault-ink\"");
    }

    /// <summary>Says that there is nothing to draw.</summary>
    public void Empty() => drawing.Text((left + right) / 2, (top + Bottom) / 2 + 4, "no data");

    /// <summary>The axis of time under the last panel, with its caption.</summary>
    public void Time(IReadOnlyList<string> caption)
    {
        drawing.Stroke(left, Bottom, right, Bottom, "class=\"bz-axis\"");
        foreach (var (value, label) in time.Ticks)
        {
            double x = X(value);
            drawing.Stroke(x, Bottom, x, Bottom + 4, "class=\"bz-axis\"");
            drawing.Text(Math.Min(x, right + 8 - ChartCanvas.TextWidth(label) / 2), Bottom + 17, label);
        }
        for (int k = 0; k < caption.Count; k++)
            drawing.Text(left, Bottom + 36 + k * CaptionLines.Height, caption[k], anchor: "start");
    }

    void Stems(IReadOnlyList<ChartPoint> points)
    {
        var strokes = points.Where(p => Axis.IsDrawable(p.Y) && p.Y != 0)
            .Select(p => $"M{Place(p.X, 0)}V{Drawing.N(Y(p.Y))}").ToList();
        if (strokes.Count > 0) drawing.Line($"<path class=\"bz-line\" d=\"{string.Concat(strokes)}\"/>");
    }

    // An end that has no place lies beyond the edge of the plot.
    void Band(List<ChartPoint> run)
    {
        string End(double step, double end) => double.IsNaN(heights.Place(end))
            ? $"{Drawing.N(X(step))} {Drawing.N(end > 0 ? top : Bottom)}" : Place(step, end);
        IEnumerable<string> upper = run.Select(p => End(p.X, p.High ?? p.Y)),
            lower = run.AsEnumerable().Reverse().Select(p => End(p.X, p.Low ?? p.Y));
        drawing.Line($"<path class=\"bz-band\" d=\"M{string.Join('L', upper.Concat(lower))}Z\"/>");
    }

    void Hints(TimeCurve curve, bool hasDots)
    {
        foreach (ChartPoint p in curve.Points.Where(p => Axis.IsDrawable(p.Y)))
        {
            string band = p.Low is null && p.High is null ? ""
                : $" ({NumberText.Short(p.Low ?? p.Y, 6)} to {NumberText.Short(p.High ?? p.Y, 6)})";
            // A stem of height 0 is nothing that happened.
            string style = hasDots && !(curve.Look == CurveLook.Stems && p.Y == 0) ? "class=\"bz-mark\"" : "class=\"bz-hover\"";
            string name = curve.Name == "" ? "" : curve.Name + ", ";
            drawing.Dot(X(p.X), Y(p.Y), hasDots ? 2.5 : 4, style, $"{name}{NumberText.Short(p.X, 9)}: {NumberText.Short(p.Y, 6)}{band}");
        }
    }

    string Place(double step, double value) => $"{Drawing.N(X(step))} {Drawing.N(Y(value))}";

    static string Pen(CurveLook look) => look == CurveLook.Thin ? "class=\"thin\" stroke-width=\"1.25\"" : "class=\"bz-line\"";
}
