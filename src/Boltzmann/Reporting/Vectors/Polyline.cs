namespace Boltzmann.Reporting;

/// <summary>Points joined by straight lines.</summary>
/// <param name="Points">In their order.</param>
/// <param name="IsClosed">Whether the last is joined to the first.</param>
sealed record Polyline(IReadOnlyList<(double X, double Y)> Points, bool IsClosed)
{
    /// <summary>Every point moved and stretched: offset + scale · point.</summary>
    public Polyline Placed(double x, double y, double scale) =>
        this with { Points = [.. Points.Select(p => (x + scale * p.X, y + scale * p.Y))] };
}
