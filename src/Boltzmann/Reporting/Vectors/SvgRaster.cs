using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Boltzmann.Data;

namespace Boltzmann.Reporting;

/// <summary>
/// The library's drawings and charts as pixels, on light paper: of SVG what they use (rectangles, circles, lines, paths, text, pictures,
/// groups that are moved, their own style sheet), and nothing else. Text is drawn by a pen, as no font need be at hand.
/// </summary>
public sealed partial class SvgRaster
{
    /// <summary>Pixels for each unit of a drawing: sharp on dense screens too.</summary>
    public const int DefaultScale = 2;

    const int LongestSide = 20_000;
    const double PenOfText = 0.085, PenOfHeavyText = 0.125;

    static readonly HashSet<string> known = ["class", "style", "x", "y", "width", "height", "rx", "cx", "cy", "r", "x1", "y1", "x2", "y2",
        "d", "href", "transform", "fill", "stroke", "stroke-width", "opacity", "stroke-dasharray", "text-anchor", "paint-order",
        "font-weight", "preserveAspectRatio"];

    readonly PixelPaper paper;
    readonly SvgStyles styles = new();
    readonly int scale;

    SvgRaster(XElement root, int scale)
    {
        this.scale = scale;
        var (width, height) = SizeOf(root, scale);
        paper = new(width, height);
        foreach (XElement sheet in root.Descendants().Where(element => element.Name.LocalName == "style")) styles.Add(sheet.Value);
        DrawParts(root, [], 0, 0);
    }

    /// <summary>Draws a document.</summary>
    /// <param name="svg">A drawing or chart of this library.</param>
    /// <param name="scale">Pixels for each of its units, at least 1.</param>
    /// <exception cref="NotSupportedException">Something of SVG that the library does not use.</exception>
    /// <exception cref="ArgumentException">A scale below 1, or a picture of more than 20,000 pixels a side.</exception>
    public static PixelImage Draw(string svg, int scale = DefaultScale)
    {
        ArgumentNullException.ThrowIfNull(svg);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        return new SvgRaster(XElement.Parse(svg), scale).paper.Image;
    }

    /// <summary>The size of what <see cref="Draw"/> makes of a document.</summary>
    /// <inheritdoc cref="Draw"/>
    public static (int Width, int Height) SizeOf(string svg, int scale = DefaultScale)
    {
        ArgumentNullException.ThrowIfNull(svg);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        return SizeOf(XElement.Parse(svg), scale);
    }

    static (int Width, int Height) SizeOf(XElement root, int scale)
    {
        double width = SvgShape.Value(root, "width") * scale, height = SvgShape.Value(root, "height") * scale;
        return width <= LongestSide && height <= LongestSide ? ((int)Math.Ceiling(width), (int)Math.Ceiling(height))
            : throw new ArgumentException($"a picture of {width} × {height} pixels is too large", nameof(scale));
    }

    // From x and y everything in the group is measured.
    void DrawParts(XElement group, Dictionary<string, string> look, double x, double y)
    {
        foreach (XElement part in group.Elements())
            if (part.Name.LocalName is not ("style" or "title")) DrawPart(part, styles.Of(part, look), x, y);
    }

    void DrawPart(XElement part, Dictionary<string, string> look, double x, double y)
    {
        if (part.Attributes().FirstOrDefault(attribute => !known.Contains(attribute.Name.LocalName)) is XAttribute other)
            throw new NotSupportedException($"the attribute {other.Name} is not drawn");
        switch (part.Name.LocalName)
        {
            case "g":
                var (right, down) = Moved((string?)part.Attribute("transform") ?? "");
                DrawParts(part, look, x + right, y + down);
                break;
            case "text":
                DrawText(part, look, x, y);
                break;
            case "image":
                DrawPicture(part, x, y);
                break;
            default:
                Paint([.. SvgShape.Of(part).Select(line => line.Placed(scale * x, scale * y, scale))], look,
                    part.Name.LocalName == "rect" && part.Attribute("rx") is null);
                break;
        }
    }

    void Paint(IReadOnlyList<Polyline> lines, Dictionary<string, string> look, bool hasSquareCorners)
    {
        double opacity = SvgStyles.Number(look, "opacity", 1);
        if (SvgStyles.Colour(look, "fill", "#000") is { } fill) paper.Fill(lines.Where(line => line.Points.Count > 2), fill, opacity);
        if (SvgStyles.Colour(look, "stroke", "none") is not { } stroke) return;
        double pen = scale * SvgStyles.Number(look, "stroke-width", 1);
        double[] dashes = [.. look.GetValueOrDefault("stroke-dasharray", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => scale * double.Parse(text, CultureInfo.InvariantCulture))];
        bool isRound = look.GetValueOrDefault("stroke-linecap") == "round";
        paper.Fill(lines.SelectMany(line => SvgStroke.Outline(line, pen, isRound, hasSquareCorners, dashes)), stroke, opacity);
    }

    void DrawText(XElement part, Dictionary<string, string> look, double x, double y)
    {
        double size = scale * SvgStyles.Number(look, "font-size", 12), wide = StrokeFont.Width(part.Value, size);
        double left = scale * (x + SvgShape.Value(part, "x")) - look.GetValueOrDefault("text-anchor") switch
        {
            "middle" => wide / 2,
            "end" => wide,
            _ => 0,
        };
        Polyline[] lines = [.. StrokeFont.Lines(part.Value, left, scale * (y + SvgShape.Value(part, "y")), size)];
        double pen = size * (look.GetValueOrDefault("font-weight") == "600" ? PenOfHeavyText : PenOfText);
        // Paper around the letters keeps them apart from what they lie on.
        if (SvgStyles.Colour(look, "stroke", "none") is { } around) Ink(pen + scale * SvgStyles.Number(look, "stroke-width", 1), around);
        if (SvgStyles.Colour(look, "fill", "#000") is { } ink) Ink(pen, ink);

        void Ink(double width, (byte, byte, byte) colour) => paper.Fill(
            lines.SelectMany(line => SvgStroke.Outline(line, width, hasRoundEnds: true)), colour, SvgStyles.Number(look, "opacity", 1));
    }

    void DrawPicture(XElement part, double x, double y)
    {
        var (columns, colours) = PngPicture.ReadColours(Convert.FromBase64String(((string)part.Attribute("href")!).Split("base64,")[1]),
            "picture");
        paper.Paste(scale * (x + SvgShape.Value(part, "x")), scale * (y + SvgShape.Value(part, "y")),
            scale * SvgShape.Value(part, "width"), scale * SvgShape.Value(part, "height"), columns, colours);
    }

    static (double, double) Moved(string transform)
    {
        if (transform == "") return (0, 0);
        Match move = Translation().Match(transform);
        return move.Success ? (Number(1), Number(2)) : throw new NotSupportedException($"the transformation {transform} is not drawn");

        double Number(int group) => double.Parse(move.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^translate\((-?[\d.]+) (-?[\d.]+)\)$")]
    private static partial Regex Translation();
}
