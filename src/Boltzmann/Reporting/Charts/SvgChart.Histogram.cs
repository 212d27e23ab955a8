namespace Boltzmann.Reporting;

public static partial class SvgChart
{
    /// <summary>How often values fall into bins of equal width; infinite and missing values do not count.</summary>
    /// <param name="frame">Titles and size.</param>
    /// <param name="values">Any number, also none.</param>
    /// <param name="bins">Number of bins; by the rule of Freedman and Diaconis (1981), at most 60, when null.</param>
    /// <exception cref="ArgumentException">There is less than one bin, or the frame is too small to draw in.</exception>
    public static string Histogram(ChartFrame frame, IReadOnlyList<double> values, int? bins = null)
    {
        if (bins < 1) throw new ArgumentException($"a histogram has at least one bin, not {bins}", nameof(bins));
        double[] sorted = [.. values.Where(v => Axis.IsDrawable(v))];
        Array.Sort(sorted);
        double low = sorted.Length > 0 ? sorted[0] : 0, high = sorted.Length > 0 ? sorted[^1] : 1;
        if (low == high) (low, high) = low == 0 ? (-0.5, 0.5) : (low - (Math.Abs(low) * 0.1), low + (Math.Abs(low) * 0.1));
        var counts = new double[bins ?? Bins(sorted)];
        double width = (high / counts.Length) - (low / counts.Length);
        foreach (double value in sorted) counts[Math.Clamp((int)((value - low) / width), 0, counts.Length - 1)]++;

        Axis x = Axis.For([low, high], frame.Width / 90, widen: false);
        Axis y = Axis.For([0, Math.Max(1, counts.Max())], 5);
        var canvas = new ChartCanvas(frame, frame.Height, y.Ticks.Select(t => t.Label), []);
        canvas.VerticalAxis(y);
        for (int b = 0; b < counts.Length; b++)
        {
            if (counts[b] == 0) continue;
            double from = low + (b * width), to = b == counts.Length - 1 ? high : low + ((b + 1) * width);
            double left = canvas.X(x, from), right = canvas.X(x, to), top = canvas.Y(y, counts[b]);
            canvas.Box(left, top, right - left, canvas.Bottom - top, "class=\"bz-mark bz-paper c0\"",
                $"{NumberText.Short(from)} to {NumberText.Short(to)}: {NumberText.Short(counts[b], 9)}");
        }
        canvas.HorizontalAxis(x);
        if (sorted.Length == 0) canvas.Empty("no data");
        return canvas.Close();
    }

    static int Bins(double[] sorted)
    {
        if (sorted.Length < 2) return 1;
        double quartiles = sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4], range = sorted[^1] - sorted[0];
        double width = 2 * quartiles / Math.Cbrt(sorted.Length);
        double bins = width > 0 ? range / width : Math.Log2(sorted.Length) + 1;
        return (int)Math.Clamp(Math.Ceiling(bins), 1, 60);
    }
}
