namespace Boltzmann.Reporting;

/// <summary>What a pen of a width covers along lines, as polygons that all turn the same way: where they overlap counts once.</summary>
static class SvgStroke
{
    /// <summary>The polygons.</summary>
    /// <param name="line">Where the pen goes.</param>
    /// <param name="width">Of the pen.</param>
    /// <param name="hasRoundEnds">Whether it ends round; otherwise straight, at the last point.</param>
    /// <param name="hasSquareCorners">Whether corners, right angles then, are sharp; otherwise round.</param>
    /// <param name="dashes">Lengths of line and gap in turn; empty for a whole line.</param>
    public static IEnumerable<Polyline> Outline(Polyline line, double width, bool hasRoundEnds, bool hasSquareCorners = false,
        IReadOnlyList<double>? dashes = null)
    {
        if (dashes is { Count: > 0 })
            return Dashed(line, dashes).SelectMany(part => Outline(part, width, hasRoundEnds));
        IReadOnlyList<(double X, double Y)> points = line.IsClosed ? [.. line.Points, line.Points[0]] : line.Points;
        var polygons = new List<Polyline>();
        double half = width / 2;
        bool isDot = points.All(p => p == points[0]);
        for (int k = 1; k < points.Count && !isDot; k++)
        {
            var (from, to) = (points[k - 1], points[k]);
            double x = to.X - from.X, y = to.Y - from.Y, length = Math.Sqrt(x * x + y * y);
            if (length == 0) continue;
            (x, y) = (x / length * half, y / length * half);
            if (hasSquareCorners) (from, to) = ((from.X - x, from.Y - y), (to.X + x, to.Y + y));
            polygons.Add(new([(from.X - y, from.Y + x), (to.X - y, to.Y + x), (to.X + y, to.Y - x), (from.X + y, from.Y - x)], true));
        }
        if (hasSquareCorners || (isDot && !hasRoundEnds)) return polygons;
        bool hasAllJoints = hasRoundEnds || line.IsClosed;
        for (int k = hasAllJoints ? 0 : 1; k < points.Count - (hasAllJoints ? 0 : 1); k++)
            polygons.Add(Disc(points[k].X, points[k].Y, half));
        return polygons;
    }

    /// <summary>A disc, turning as the other polygons do.</summary>
    public static Polyline Disc(double x, double y, double radius)
    {
        int corners = Math.Clamp((int)(8 + 2 * radius), 8, 96);
        return new([.. Enumerable.Range(0, corners).Select(k =>
        {
            double angle = -2 * Math.PI * k / corners;
            return (x + radius * Math.Cos(angle), y + radius * Math.Sin(angle));
        })], true);
    }

    static IEnumerable<Polyline> Dashed(Polyline line, IReadOnlyList<double> dashes)
    {
        int dash = 0;
        double left = dashes[0];
        var part = new List<(double X, double Y)>();
        for (int k = 1; k < line.Points.Count; k++)
        {
            var (from, to) = (line.Points[k - 1], line.Points[k]);
            double length = Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2));
            for (double done = 0; done < length;)
            {
                double step = Math.Min(left, length - done);
                if (dash % 2 == 0)
                {
                    if (part.Count == 0) part.Add(On(done));
                    part.Add(On(done + step));
                }
                done += step;
                left -= step;
                if (left > 0) continue;
                if (part.Count > 0) yield return new([.. part], false);
                part.Clear();
                left = dashes[++dash % dashes.Count];
            }

            (double, double) On(double place) => (from.X + (to.X - from.X) * place / length, from.Y + (to.Y - from.Y) * place / length);
        }
        if (part.Count > 0) yield return new([.. part], false);
    }
}
