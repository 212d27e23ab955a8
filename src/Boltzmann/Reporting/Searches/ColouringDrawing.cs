using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>A graph whose vertices have colours; edges between equal ones are thick and red.</summary>
public static class ColouringDrawing
{
    const double Side = 560, Margin = 30;
    const int MostNames = 120;

    /// <summary>As SVG. Edges pull the vertices together, so neighbours lie near each other.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="colours">Of each vertex, from 1.</param>
    /// <param name="title">Above it.</param>
    public static string Svg(ColouredGraph graph, IReadOnlyList<int> colours, string title)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(colours);
        int n = graph.Names.Count, most = colours.Max();
        (double X, double Y)[] places = [.. ForceLayout.Places(n, graph.Edges)
            .Select(p => (Margin + p.X * (Side - 2 * Margin), Margin + p.Y * (Side - 2 * Margin)))];
        double radius = Math.Clamp(90 / Math.Sqrt(n), 2.5, 15);
        var drawing = new Drawing(title, places.Max(p => p.X) + Margin, places.Max(p => p.Y) + Margin);
        foreach (bool isFault in (bool[])[false, true])
            foreach (var (a, b) in graph.Edges)
                if (colours[a] == colours[b] == isFault)
                    drawing.Stroke(places[a].X, places[a].Y, places[b].X, places[b].Y,
                        isFault ? "class=\"fault-line\" stroke-width=\"4\"" : "class=\"thin\"", $"{graph.Names[a]} – {graph.Names[b]}");
        for (int v = 0; v < n; v++)
        {
            drawing.Dot(places[v].X, places[v].Y, radius, $"{Paint(colours[v], most)} stroke-width=\"1.5\"",
                $"{graph.Names[v]}: colour {colours[v]}");
            if (n <= MostNames)
                drawing.Text(places[v].X, places[v].Y + radius * 0.36, Short(graph.Names[v]), "class=\"on\"",
                    Math.Clamp(radius * 1.05, 5, 12));
        }
        return drawing.Close();
    }

    /// <summary>As lines of text: the vertices of each colour.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="colours">Of each vertex, from 1.</param>
    public static string Text(ColouredGraph graph, IReadOnlyList<int> colours)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(colours);
        var text = new StringBuilder();
        foreach (var group in graph.Names.Zip(colours).GroupBy(pair => pair.Second).OrderBy(group => group.Key))
            text.Append($"colour {group.Key}: ").AppendJoin(", ", group.Select(pair => pair.First)).Append('\n');
        return text.ToString();
    }

    // The charts' six colours; more are spread over the circle of hues.
    static string Paint(int colour, int most) => most <= 6 ? $"class=\"bz-mark bz-paper c{colour - 1}\""
        : $"class=\"bz-paper\" fill=\"hsl({Drawing.N(360.0 * (colour - 1) / most)} 55% {(colour % 2 == 0 ? 58 : 44)}%)\"";

    static string Short(string name) => name.Length <= 3 ? name : name[..3];
}
