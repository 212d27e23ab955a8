namespace Boltzmann.Reporting;

/// <summary>Steps that are pictures, such as the frames of a video: side by side with their numbers, or one after the other.</summary>
public static class FrameSheet
{
    const int MostFrames = 60;
    const double Wide = 680, Gap = 8, Label = 16;
    const byte GivenBorder = 200, MadeBorder = 48;
    const int LastFrameMs = 1000;

    /// <summary>A sheet, as SVG; of more than 60 frames every second, third… is shown, and the caption says so.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="rows">[T × width·height].</param>
    /// <param name="shape">Width and height of a frame.</param>
    /// <param name="prefixSteps">Frames at the beginning that were given; the others have a coloured border.</param>
    /// <param name="range">What is black and what is white; 0 and 1 when null.</param>
    /// <exception cref="ArgumentException">A row is no picture of this shape.</exception>
    public static string Svg(string title, IReadOnlyList<double[]> rows, ImageShape shape, int prefixSteps = 0, TileRange? range = null)
    {
        Require(rows, shape);
        if (rows.Count == 0) return StepGrid.Empty(title, "no frames");
        TileRange common = Common(rows, range);
        int stride = (rows.Count + MostFrames - 1) / MostFrames, count = (rows.Count + stride - 1) / stride;
        double across = Math.Clamp(Math.Sqrt(Wide * 420 / count * shape.Width / shape.Height) - Gap, 40, 160);
        double down = across * shape.Height / shape.Width;
        int columns = Math.Clamp((int)((Wide + Gap) / (across + Gap)), 1, count), lines = (count + columns - 1) / columns;
        string caption = (stride > 1 ? $"step; every {Ordinal(stride)} of {rows.Count}" : "step")
            + (prefixSteps > 0 ? $"; the first {prefixSteps} were given, frames with a coloured border were made" : "");
        double wide = Math.Max(columns * (across + Gap), ChartCanvas.TextWidth(caption) + 4);
        var drawing = new Drawing(title, wide, lines * (down + Label + Gap) + 22);
        for (int k = 0; k < count; k++)
        {
            int step = k * stride;
            double x = 2 + k % columns * (across + Gap), y = 2 + k / columns * (down + Label + Gap);
            drawing.Picture(x, y, across, down, Frame(rows[step], shape, common, scale: 1));
            bool isMade = prefixSteps > 0 && step >= prefixSteps;
            drawing.Line("<g class=\"c1\">");
            drawing.Box(x, y, across, down, isMade ? "class=\"bz-line\"" : "class=\"thin\"");
            drawing.Line("</g>");
            drawing.Text(x + across / 2, y + down + 13, $"{step + 1}");
        }
        drawing.Text(2, lines * (down + Label + Gap) + 16, caption, anchor: "start");
        return drawing.Close();
    }

    /// <summary>An animation that repeats for ever.</summary>
    /// <param name="rows">[T × width·height], at least one.</param>
    /// <param name="shape">Width and height of a frame.</param>
    /// <param name="prefixSteps">Frames at the beginning that were given: they have a light border, the others a dark one.</param>
    /// <param name="range">What is black and what is white; 0 and 1 when null.</param>
    /// <param name="delayMs">Milliseconds each frame stays.</param>
    /// <param name="side">Pixels of the longer side of a frame, about: each value becomes a square.</param>
    /// <returns>The bytes of an animated .png file.</returns>
    /// <exception cref="ArgumentException">There is no frame, or a row is no picture of this shape.</exception>
    public static byte[] Animation(IReadOnlyList<double[]> rows, ImageShape shape, int prefixSteps = 0, TileRange? range = null,
        int delayMs = 80, int side = 240)
    {
        Require(rows, shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        TileRange common = Common(rows, range);
        int scale = Math.Max(1, side / Math.Max(shape.Width, shape.Height));
        var frames = new AnimationFrames();
        for (int t = 0; t < rows.Count; t++)
            frames.Add(Bordered(Frame(rows[t], shape, common, scale), t < prefixSteps ? GivenBorder : MadeBorder));
        return frames.Encode(delayMs, LastFrameMs);
    }

    static PixelImage Frame(double[] row, ImageShape shape, TileRange range, int scale) =>
        ImageSheet.Grey([row], shape, range, new() { Gap = 0, Scale = scale });

    static PixelImage Bordered(PixelImage frame, byte grey)
    {
        const int Border = 3;
        var larger = new PixelImage(frame.Width + 2 * Border, frame.Height + 2 * Border, 1);
        larger.Pixels.AsSpan().Fill(grey);
        for (int y = 0; y < frame.Height; y++)
            frame.Pixels.AsSpan(y * frame.Width, frame.Width).CopyTo(larger.Pixels.AsSpan((y + Border) * larger.Width + Border));
        return larger;
    }

    // The same ends for all frames, or they would flicker.
    static TileRange Common(IReadOnlyList<double[]> rows, TileRange? range)
    {
        (double low, double high) = (range ?? TileRange.Unit).Ends(rows.SelectMany(row => row), symmetric: false);
        return TileRange.Fixed(low, high);
    }

    static void Require(IReadOnlyList<double[]> rows, ImageShape shape) =>
        StepRows.RequireWidth(rows, checked(shape.Width * shape.Height), nameof(rows));

    static string Ordinal(int number) => number == 2 ? "second" : number == 3 ? "third" : $"{number}th";
}
