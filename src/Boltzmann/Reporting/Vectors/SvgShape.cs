using System.Globalization;
using System.Xml.Linq;

namespace Boltzmann.Reporting;

/// <summary>The lines of an element of SVG.</summary>
static class SvgShape
{
    /// <summary>Of a rectangle, a circle, a line, a path.</summary>
    /// <exception cref="NotSupportedException">Another element.</exception>
    public static IReadOnlyList<Polyline> Of(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "rect":
                return [Box(Value(element, "x"), Value(element, "y"), Value(element, "width"), Value(element, "height"),
                    Value(element, "rx"))];
            case "circle":
                const double Fine = 40;
                double scale = Value(element, "r") / Fine;
                return [SvgStroke.Disc(0, 0, Fine).Placed(Value(element, "cx"), Value(element, "cy"), scale)];
            case "line":
                return [new([(Value(element, "x1"), Value(element, "y1")), (Value(element, "x2"), Value(element, "y2"))], false)];
            case "path":
                return SvgPath.Read((string?)element.Attribute("d") ?? "");
            default:
                throw new NotSupportedException($"the element {element.Name.LocalName} is not drawn");
        }
    }

    /// <summary>A number among an element's attributes; 0 if it is not there.</summary>
    public static double Value(XElement element, string name) => (string?)element.Attribute(name) is string text
        ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;

    static Polyline Box(double x, double y, double width, double height, double round)
    {
        const int Parts = 6;
        if (round == 0) return new([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], true);
        round = Math.Min(round, Math.Min(width, height) / 2);
        var points = new List<(double, double)>();
        foreach (var (cx, cy, quarter) in ((double, double, int)[])[(x + width - round, y + height - round, 0),
            (x + round, y + height - round, 1), (x + round, y + round, 2), (x + width - round, y + round, 3)])
            for (int k = 0; k <= Parts; k++)
            {
                double angle = Math.PI / 2 * (quarter + k / (double)Parts);
                points.Add((cx + round * Math.Cos(angle), cy + round * Math.Sin(angle)));
            }
        return new(points, true);
    }
}
