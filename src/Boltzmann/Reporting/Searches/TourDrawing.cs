using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>A round trip through cities.</summary>
public static class TourDrawing
{
    const double Side = 560, Margin = 24;

    /// <summary>As SVG. Cities without positions stand on a circle in the order of the tour.</summary>
    /// <param name="trip">The cities.</param>
    /// <param name="tour">Their order, from 0; null for none, which draws the cities alone.</param>
    /// <param name="title">Above it.</param>
    public static string Svg(RoundTrip trip, IReadOnlyList<int>? tour, string title)
    {
        ArgumentNullException.ThrowIfNull(trip);
        int n = trip.Names.Count;
        (double X, double Y)[] at = Places(trip, tour);
        double bottom = at.Max(p => p.Y) + Margin;
        var drawing = new Drawing(title, Side, bottom);
        for (int k = 0; tour is not null && k < n; k++)
        {
            var (from, to) = (at[tour[k]], at[tour[(k + 1) % n]]);
            drawing.Stroke(from.X, from.Y, to.X, to.Y, "class=\"bz-line c0\" style=\"stroke:currentColor\"");
        }
        for (int city = 0; city < n; city++)
        {
            drawing.Dot(at[city].X, at[city].Y, 4.5, "class=\"bz-mark bz-paper c1\" stroke-width=\"1.5\"", trip.Names[city]);
            if (n > 40) continue;
            // Names near the right edge stand to the left.
            bool isRight = at[city].X + 10 + ChartCanvas.TextWidth(trip.Names[city]) > Side;
            drawing.Text(at[city].X + (isRight ? -8 : 8), at[city].Y - 6, trip.Names[city],
                "class=\"bz-ink bz-paper\" paint-order=\"stroke\" stroke-width=\"3\"", anchor: isRight ? "end" : "start");
        }
        return drawing.Close();
    }

    /// <summary>As text: the cities in their order.</summary>
    /// <param name="trip">The cities.</param>
    /// <param name="tour">As for <see cref="Svg"/>.</param>
    public static string Text(RoundTrip trip, IReadOnlyList<int>? tour)
    {
        ArgumentNullException.ThrowIfNull(trip);
        return tour is null ? "no tour: a city is left out, or comes twice\n"
            : new StringBuilder().AppendJoin(" → ", tour.Append(tour[0]).Select(city => trip.Names[city])).Append('\n').ToString();
    }

    static (double X, double Y)[] Places(RoundTrip trip, IReadOnlyList<int>? tour)
    {
        int n = trip.Names.Count;
        var places = new (double X, double Y)[n];
        if (trip.Positions is { } known)
            for (int city = 0; city < n; city++) places[city] = (known[city].X, -known[city].Y);
        else
            for (int k = 0; k < n; k++)
                places[tour?[k] ?? k] = (Math.Cos(2 * Math.PI * k / n), Math.Sin(2 * Math.PI * k / n));
        return [.. ForceLayout.Fit(places).Select(p => (Margin + p.X * (Side - 2 * Margin), Margin + p.Y * (Side - 2 * Margin)))];
    }
}
