using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Boltzmann.Tests.Reporting;

/// <summary>
/// A drawing as a test reads it: well formed, inside its frame, numbers only, and such as the library can turn into pixels.
/// </summary>
sealed partial class DrawnDocument
{
    static readonly XNamespace space = "http://www.w3.org/2000/svg";

    public DrawnDocument(string svg)
    {
        Root = XDocument.Parse(svg).Root!;
        Image = SvgRaster.Draw(svg, scale: 1);
        double width = (double)Root.Attribute("width")!, height = (double)Root.Attribute("height")!;
        foreach (XElement mark in Root.Descendants())
        {
            foreach (string name in (string[])["x", "x1", "x2", "cx"])
                if (mark.Attribute(name) is { } x) Assert.InRange((double)x, -0.01, width + 0.01);
            foreach (string name in (string[])["y", "y1", "y2", "cy"])
                if (mark.Attribute(name) is { } y) Assert.InRange((double)y, -20.01, height + 0.01);
            foreach (string name in (string[])["width", "height", "r", "opacity"])
                if (mark.Attribute(name) is { } size) Assert.InRange((double)size, 0, Math.Max(width, height));
            if (mark.Name.LocalName == "text") CheckText(mark, width);
            if (mark.Attribute("d") is { } path) Assert.Matches(new Regex("^[MLZVHmhvz0-9. -]+$"), path.Value);
        }
    }

    public XElement Root { get; }

    /// <summary>At one pixel a unit.</summary>
    public PixelImage Image { get; }

    public IReadOnlyList<string> Texts => [.. All("text").Select(t => t.Value)];

    public IReadOnlyList<string> Hints => [.. All("title").Select(t => t.Value)];

    public IEnumerable<XElement> All(string element, string? style = null) => Root.Descendants(space + element)
        .Where(e => style is null || ((string?)e.Attribute("class") ?? "").Split(' ').Contains(style));

    /// <summary>The corners of lines: M and L only.</summary>
    public static (double X, double Y)[] Corners(XElement path) => [.. Corner().Matches((string)path.Attribute("d")!)
        .Select(m => (double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
            double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))];

    /// <summary>Red, green and blue at a place below the title.</summary>
    public (byte R, byte G, byte B) At(double x, double y)
    {
        int at = ((int)(y + 28) * Image.Width + (int)x) * 3;
        return (Image.Pixels[at], Image.Pixels[at + 1], Image.Pixels[at + 2]);
    }

    /// <summary>The last frame with this style: left, top, width, height.</summary>
    public (double X, double Y, double Width, double Height) Box(string style)
    {
        XElement box = All("rect", style).Last();
        return (Of("x"), Of("y"), Of("width"), Of("height"));

        double Of(string name) => (double)box.Attribute(name)!;
    }

    // Letters of a usual font take a tenth less than the charts reckon with.
    static void CheckText(XElement text, double width)
    {
        double wide = 0.9 * ChartCanvas.TextWidth(text.Value), x = (double)text.Attribute("x")!;
        double left = x - (string?)text.Attribute("text-anchor") switch { "end" => wide, "middle" => wide / 2, _ => 0 };
        Assert.True(left >= -2 && left + wide <= width + 2, $"'{text.Value}' goes from {left:F0} to {left + wide:F0} of {width:F0}");
    }

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Corner();
}
