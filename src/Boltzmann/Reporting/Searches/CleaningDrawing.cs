using System.Text;

namespace Boltzmann.Reporting;

/// <summary>Pictures beside each other: what was seen, what was found, and the truth or the confidence where they are known.</summary>
public static class CleaningDrawing
{
    const double Width = 560;

    /// <summary>As SVG, each picture a PNG inside of it.</summary>
    /// <param name="width">Columns of every picture.</param>
    /// <param name="height">Rows of every picture.</param>
    /// <param name="pictures">Names, and greys from 0 to 1 row by row.</param>
    /// <param name="title">Above them.</param>
    /// <exception cref="ArgumentException">A picture of another size.</exception>
    public static string Svg(int width, int height, IReadOnlyList<(string Name, IReadOnlyList<double> Grey)> pictures, string title)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        const double Gap = 12;
        double across = (Width - Gap * (pictures.Count - 1)) / pictures.Count, down = across * height / width;
        var drawing = new Drawing(title, Width, down + 22);
        for (int k = 0; k < pictures.Count; k++)
        {
            var (name, grey) = pictures[k];
            if (grey.Count != width * height)
                throw new ArgumentException($"{name} has {grey.Count} pixels, not {width} × {height}", nameof(pictures));
            byte[] pixels = [.. grey.Select(v => (byte)Math.Round(255 * Math.Clamp(v, 0, 1)))];
            double x = k * (across + Gap);
            drawing.Line($"<image x=\"{Drawing.N(x)}\" y=\"18\" width=\"{Drawing.N(across)}\" height=\"{Drawing.N(down)}\" "
                + "style=\"image-rendering:pixelated\" "
                + $"href=\"data:image/png;base64,{Convert.ToBase64String(Png.Encode(new(width, height, 1, pixels)))}\"/>");
            drawing.Box(x, 18, across, down, "class=\"thin\"");
            drawing.Text(x, 12, name, "class=\"bz-ink\"", anchor: "start");
        }
        return drawing.Close();
    }

    /// <summary>How sure each pixel is: 1 less the entropy of p in bits, 1 + p·log₂p + (1 − p)·log₂(1 − p): white is certain.</summary>
    /// <param name="probabilities">p, that a pixel is white.</param>
    public static double[] Confidence(IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return [.. probabilities.Select(p => 1 + Part(p) + Part(1 - p))];

        static double Part(double p) => p > 0 ? p * Math.Log2(p) : 0;
    }

    /// <summary>As lines of half blocks, two rows a line; "" for pictures of more than 100 columns.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="grey">From 0 to 1, row by row.</param>
    public static string Text(int width, IReadOnlyList<double> grey)
    {
        ArgumentNullException.ThrowIfNull(grey);
        if (width > 100) return "";
        var text = new StringBuilder();
        int height = grey.Count / width;
        for (int row = 0; row < height; row += 2)
        {
            for (int column = 0; column < width; column++)
            {
                bool upper = grey[row * width + column] >= 0.5;
                bool lower = row + 1 < height && grey[(row + 1) * width + column] >= 0.5;
                text.Append((upper, lower) switch { (true, true) => '█', (true, false) => '▀', (false, true) => '▄', _ => ' ' });
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
