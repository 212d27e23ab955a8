namespace Boltzmann.Reporting;

/// <summary>
/// White paper on which polygons are filled: a pixel takes as much of a colour as the polygon covers of it, measured on
/// <see cref="Levels"/> lines of each row of pixels and exactly along these lines. What lies outside of the paper is cut off.
/// </summary>
sealed class PixelPaper(int width, int height)
{
    const int Levels = 8;

    readonly PixelImage image = White(width, height);
    readonly float[] cover = new float[width + 1];
    int firstCovered = int.MaxValue, lastCovered = -1;

    /// <summary>What was drawn.</summary>
    public PixelImage Image => image;

    /// <summary>Fills what polygons wind around, overlaps once.</summary>
    /// <param name="polygons">In pixels, each closed whatever it says.</param>
    /// <param name="colour">Red, green, blue.</param>
    /// <param name="opacity">From 0 to 1.</param>
    public void Fill(IEnumerable<Polyline> polygons, (byte R, byte G, byte B) colour, double opacity)
    {
        var edges = new List<(double Top, double Bottom, double X, double Slope, int Turn)>();
        foreach (Polyline polygon in polygons)
            for (int k = 0; k < polygon.Points.Count; k++)
            {
                var (a, b) = (polygon.Points[k], polygon.Points[(k + 1) % polygon.Points.Count]);
                if (a.Y == b.Y) continue;
                var (upper, lower) = a.Y < b.Y ? (a, b) : (b, a);
                edges.Add((upper.Y, lower.Y, upper.X, (lower.X - upper.X) / (lower.Y - upper.Y), a.Y < b.Y ? 1 : -1));
            }
        if (edges.Count == 0 || !(opacity > 0)) return;
        edges.Sort((one, other) => one.Top.CompareTo(other.Top));
        var meeting = new List<(double Top, double Bottom, double X, double Slope, int Turn)>();
        var crossings = new List<(double X, int Turn)>();
        int next = 0, last = (int)Math.Min(height, Math.Ceiling(edges.Max(edge => edge.Bottom)));
        for (int row = Math.Max(0, (int)Math.Floor(edges[0].Top)); row < last; row++)
        {
            while (next < edges.Count && edges[next].Top < row + 1) meeting.Add(edges[next++]);
            meeting.RemoveAll(edge => edge.Bottom <= row);
            if (meeting.Count == 0) continue;
            for (int level = 0; level < Levels; level++)
            {
                double y = row + (level + 0.5) / Levels;
                crossings.Clear();
                foreach (var edge in meeting)
                    if (edge.Top <= y && y < edge.Bottom) crossings.Add((edge.X + edge.Slope * (y - edge.Top), edge.Turn));
                crossings.Sort((one, other) => one.X.CompareTo(other.X));
                int turns = 0;
                for (int k = 0; k + 1 < crossings.Count; k++)
                {
                    turns += crossings[k].Turn;
                    if (turns != 0) Cover(crossings[k].X, crossings[k + 1].X);
                }
            }
            Blend(row, colour, opacity);
        }
    }

    /// <summary>A picture's pixels as squares.</summary>
    /// <param name="left">In pixels of the paper.</param>
    /// <param name="top">In pixels of the paper.</param>
    /// <param name="across">Its width here.</param>
    /// <param name="down">Its height here.</param>
    /// <param name="columns">Of the picture.</param>
    /// <param name="colours">Row by row, red, green, blue.</param>
    public void Paste(double left, double top, double across, double down, int columns, byte[] colours)
    {
        int rows = colours.Length / 3 / columns;
        for (int y = Math.Max(0, (int)Math.Round(top)); y < Math.Min(height, Math.Round(top + down)); y++)
            for (int x = Math.Max(0, (int)Math.Round(left)); x < Math.Min(width, Math.Round(left + across)); x++)
            {
                int row = Math.Clamp((int)((y + 0.5 - top) / down * rows), 0, rows - 1);
                int column = Math.Clamp((int)((x + 0.5 - left) / across * columns), 0, columns - 1);
                colours.AsSpan((row * columns + column) * 3, 3).CopyTo(image.Pixels.AsSpan((y * width + x) * 3));
            }
    }

    void Cover(double from, double to)
    {
        (from, to) = (Math.Max(0, from), Math.Min(width, to));
        if (!(from < to)) return;
        int first = (int)from, last = (int)to;
        (firstCovered, lastCovered) = (Math.Min(firstCovered, first), Math.Max(lastCovered, last));
        if (first == last)
        {
            cover[first] += (float)(to - from);
            return;
        }
        cover[first] += (float)(first + 1 - from);
        for (int x = first + 1; x < last; x++) cover[x]++;
        cover[last] += (float)(to - last);
    }

    void Blend(int row, (byte R, byte G, byte B) colour, double opacity)
    {
        for (int x = firstCovered; x <= lastCovered && x < width; x++)
        {
            if (cover[x] == 0) continue;
            double share = opacity * Math.Min(1, cover[x] / Levels);
            Span<byte> pixel = image.Pixels.AsSpan((row * width + x) * 3, 3);
            pixel[0] = (byte)Math.Round(pixel[0] + share * (colour.R - pixel[0]));
            pixel[1] = (byte)Math.Round(pixel[1] + share * (colour.G - pixel[1]));
            pixel[2] = (byte)Math.Round(pixel[2] + share * (colour.B - pixel[2]));
        }
        if (lastCovered >= firstCovered) Array.Clear(cover, firstCovered, lastCovered - firstCovered + 1);
        (firstCovered, lastCovered) = (int.MaxValue, -1);
    }

    static PixelImage White(int width, int height)
    {
        var image = new PixelImage(width, height, 3);
        image.Pixels.AsSpan().Fill(255);
        return image;
    }
}
