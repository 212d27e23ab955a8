namespace Boltzmann.Reporting;

public static partial class SvgChart
{
    /// <summary>
    /// Horizontal bars from zero, one below the other in the given order, with their values; the height follows their number.
    /// </summary>
    /// <param name="frame">Titles and width; the bars run along the horizontal axis.</param>
    /// <param name="bars">Any number, also none.</param>
    /// <exception cref="ArgumentException">The frame is too narrow to draw in.</exception>
    public static string Bars(ChartFrame frame, IReadOnlyList<ChartBar> bars)
    {
        const double Step = 26, Thickness = 16;
        double extra = (frame.Title != "" ? 18 : 0) + (frame.YTitle != "" ? 18 : 0) + (frame.XTitle != "" ? 42 : 24) + 12;
        var canvas = new ChartCanvas(frame, extra + (Step * Math.Max(2, bars.Count)), bars.Select(b => Shortened(b.Label)), []);
        // Room inside the axis for the value behind the longest bar, on either side.
        double span = Math.Max(1e-300, Extent(bars, 1) + Extent(bars, -1)), room = span * 60 / (canvas.Right - canvas.Left);
        Axis x = Axis.For([-Extent(bars, -1) - (Extent(bars, -1) > 0 ? room : 0), Extent(bars, 1) + (Extent(bars, 1) > 0 ? room : 0)],
            Math.Max(2, (int)((canvas.Right - canvas.Left) / 60)), widen: false);
        canvas.HorizontalAxis(x, grid: true);
        double zero = canvas.X(x, 0);
        for (int i = 0; i < bars.Count; i++)
        {
            ChartBar bar = bars[i];
            double middle = canvas.Top + (Step * (i + 0.5)), end = canvas.X(x, bar.Value);
            canvas.Text(canvas.Left - 8, middle + 4, Shortened(bar.Label), "bz-ink", "end");
            if (double.IsNaN(end))
            {
                canvas.Text(zero + 6, middle + 4, NumberText.Short(bar.Value));
                continue;
            }
            canvas.Box(Math.Min(zero, end), middle - (Thickness / 2), Math.Abs(end - zero), Thickness,
                "class=\"bz-mark c0\" rx=\"2\"", $"{bar.Label}: {Described(bar.Value, bar.Low, bar.High)}");
            double low = canvas.X(x, bar.Low ?? bar.Value), high = canvas.X(x, bar.High ?? bar.Value);
            if (low < high) canvas.Line($"<path class=\"bz-axis\" fill=\"none\" d=\"M{Pixels(low)} {Pixels(middle - 4)}v8m0 "
                + $"-4H{Pixels(high)}m0 -4v8\"/>");
            double tip = bar.Value < 0 ? Math.Min(end, Known(low, end)) - 6 : Math.Max(end, Known(high, end)) + 6;
            canvas.Text(tip, middle + 4, NumberText.Short(bar.Value), anchor: bar.Value < 0 ? "end" : "start");
        }
        canvas.Line($"<line class=\"bz-axis\" x1=\"{Pixels(zero)}\" x2=\"{Pixels(zero)}\" y1=\"{Pixels(canvas.Top)}\" "
            + $"y2=\"{Pixels(canvas.Bottom)}\"/>");
        if (bars.Count == 0) canvas.Empty("no data");
        return canvas.Close();
    }

    static double Extent(IReadOnlyList<ChartBar> bars, int sign) => bars
        .SelectMany(b => (double[])[b.Value, b.Low ?? b.Value, b.High ?? b.Value])
        .Where(v => Axis.IsDrawable(v)).Select(v => v * sign).Append(0).Max();

    static double Known(double place, double fallback) => double.IsNaN(place) ? fallback : place;
}
