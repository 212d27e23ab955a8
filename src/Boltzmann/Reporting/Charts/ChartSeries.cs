namespace Boltzmann.Reporting;

/// <summary>Points that belong together, drawn in one colour.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">In drawing order; any number, also none.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Values at x = 1, 2, 3, …: one per epoch.</summary>
    public static ChartSeries PerEpoch(string name, IEnumerable<double> values) =>
        new(name, [.. values.Select((y, i) => new ChartPoint(i + 1, y))]);
}
