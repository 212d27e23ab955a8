using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// Charts as SVG text: alone a file of its own, or part of a page. They follow the reader's light or dark setting, unless the page
/// sets --chart-ink, --chart-text, --chart-grid, --chart-axis, --chart-paper and --chart-0 to --chart-5. Pointing at a mark shows its
/// numbers.
/// </summary>
public static partial class SvgChart
{
    /// <summary>Pointing at marks is worth its bytes only while they can be told apart.</summary>
    const int MostMarks = 400;

    /// <summary>
    /// Lines, one per series; bands where the points have error ends; a gap where a value is NaN, infinite or off a log axis.
    /// </summary>
    /// <param name="frame">Titles, size, kind of axis.</param>
    /// <param name="series">Any number, also none.</param>
    /// <exception cref="ArgumentException">The frame is too small to draw in.</exception>
    public static string Line(ChartFrame frame, params IReadOnlyList<ChartSeries> series) => Plot(frame, series, connected: true);

    /// <summary>Points, one colour per series, with error bars where the points have error ends.</summary>
    /// <inheritdoc cref="Line"/>
    public static string Scatter(ChartFrame frame, params IReadOnlyList<ChartSeries> series) => Plot(frame, series, connected: false);

    static string Plot(ChartFrame frame, IReadOnlyList<ChartSeries> series, bool connected)
    {
        IEnumerable<ChartPoint> shown = series.SelectMany(s => s.Points).Where(p => Axis.IsDrawable(p.X, frame.LogX) && Drawn(frame, p.Y));
        Axis x = Axis.For(shown.Select(p => p.X), frame.Width / 80, frame.LogX, widen: !connected);
        IEnumerable<double> heights = shown.SelectMany(p => (double[])[p.Y, p.Low ?? p.Y, p.High ?? p.Y]);
        if (frame is { FromZero: true, LogY: false }) heights = heights.Append(0);
        Axis y = Axis.For(heights, Math.Max(2, frame.Height / 60), frame.LogY);
        var canvas = new ChartCanvas(frame, frame.Height, y.Ticks.Select(t => t.Label), [.. series.Select(s => s.Name)],
            isMarks: !connected);
        canvas.VerticalAxis(y);
        canvas.HorizontalAxis(x);
        for (int s = 0; s < series.Count; s++)
        {
            canvas.Line($"<g class=\"{ChartCanvas.Color(s)}\">");
            if (connected) Connect(canvas, x, y, series[s], s);
            else ErrorBars(canvas, x, y, series[s]);
            Mark(canvas, x, y, series[s], connected, connected ? "" : ChartCanvas.Ring(s));
            canvas.Line("</g>");
        }
        if (!shown.Any()) canvas.Empty("no data");
        return canvas.Close();
    }

    static bool Drawn(ChartFrame frame, double y) => Axis.IsDrawable(y, frame.LogY);

    static void Connect(ChartCanvas canvas, Axis x, Axis y, ChartSeries series, int index)
    {
        foreach (List<ChartPoint> run in Runs(canvas.Frame, series.Points))
        {
            string Place(double px, double py) => $"{Pixels(canvas.X(x, px))} {Pixels(canvas.Y(y, py))}";
            if (run.Count > 1 && run.Any(p => p.Low is not null || p.High is not null))
            {
                // An end of the error that has no place, infinite or not positive on a log axis, lies beyond the edge of the plot.
                string End(double px, double end) => double.IsNaN(y.Place(end))
                    ? $"{Pixels(canvas.X(x, px))} {Pixels(end > 0 ? canvas.Top : canvas.Bottom)}"
                    : Place(px, end);
                IEnumerable<string> upper = run.Select(p => End(p.X, p.High ?? p.Y));
                IEnumerable<string> lower = run.AsEnumerable().Reverse().Select(p => End(p.X, p.Low ?? p.Y));
                canvas.Line($"<path class=\"bz-band\" d=\"M{string.Join('L', upper.Concat(lower))}Z\"/>");
            }
            if (run.Count > 1) canvas.Line($"<path class=\"bz-line\"{ChartCanvas.Dash(index)} "
                + $"d=\"M{string.Join('L', run.Select(p => Place(p.X, p.Y)))}\"/>");
        }
    }

    internal static IEnumerable<List<ChartPoint>> Runs(ChartFrame frame, IReadOnlyList<ChartPoint> points)
    {
        var run = new List<ChartPoint>();
        foreach (ChartPoint point in points)
        {
            if (Axis.IsDrawable(point.X, frame.LogX) && Drawn(frame, point.Y)) run.Add(point);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0) yield return run;
    }

    static void ErrorBars(ChartCanvas canvas, Axis x, Axis y, ChartSeries series)
    {
        foreach (ChartPoint point in series.Points)
        {
            double across = canvas.X(x, point.X), low = canvas.Y(y, point.Low ?? point.Y), high = canvas.Y(y, point.High ?? point.Y);
            if (double.IsNaN(across) || !(low > high)) continue;
            canvas.Line($"<path class=\"bz-error\" fill=\"none\" d=\"M{Pixels(across - 3)} {Pixels(low)}h6m-3 0V{Pixels(high)}m-3 0h6\"/>");
        }
    }

    // Few points are dots; on a line of many, dots appear where the pointer is, and the last one stays as the result.
    static void Mark(ChartCanvas canvas, Axis x, Axis y, ChartSeries series, bool connected, string ring)
    {
        List<ChartPoint> drawn = [.. series.Points.Where(p => Axis.IsDrawable(p.X, canvas.Frame.LogX) && Drawn(canvas.Frame, p.Y))];
        bool visible = !connected || drawn.Count <= 20;
        var marks = new StringBuilder();
        for (int i = 0; i < drawn.Count; i++)
        {
            bool last = i == drawn.Count - 1;
            if (connected && drawn.Count > MostMarks && !last) continue;
            ChartPoint p = drawn[i];
            string text = $"{(series.Name == "" ? "" : series.Name + ", ")}{NumberText.Short(p.X, 9)}: {Described(p.Y, p.Low, p.High)}";
            string shape = visible || last ? $"class=\"bz-mark\" r=\"{(connected && !last ? "2.5" : "3.5")}\""
                : "class=\"bz-hover\" r=\"4\"";
            marks.Append($"<circle {shape}{ring} cx=\"{Pixels(canvas.X(x, p.X))}\" "
                + $"cy=\"{Pixels(canvas.Y(y, p.Y))}\"><title>{Markup.Escape(text)}</title></circle>\n");
        }
        if (marks.Length > 0) canvas.Line(marks.ToString(0, marks.Length - 1));
    }

    static string Described(double value, double? low, double? high) =>
        NumberText.Short(value, 6) + (low is null
            && high is null ? "" : $" ({NumberText.Short(low ?? value, 6)} to {NumberText.Short(high ?? value, 6)})");

    static string Shortened(string label, int letters = 32) =>
        label.Length <= letters ? label : label[..Math.Max(1, letters - 1)] + (letters > 1 ? "…" : "");

    static string Pixels(double value) => ChartCanvas.N(value);
}
