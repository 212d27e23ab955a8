using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>Pictures of a search: how the best state fell, and what happened at each temperature.</summary>
public static class SearchCharts
{
    /// <summary>The objective of the best state over the logarithm of time.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="objective">What the problem's author calls the number.</param>
    /// <param name="title">Above the chart.</param>
    public static string Trace(SearchResult result, SearchObjective objective, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(objective);
        // A step at each improvement: between two the best state stays what it is.
        var points = new List<ChartPoint>();
        foreach (TracePoint point in result.Trace)
        {
            double time = Math.Max(1e-4, point.Seconds), value = objective.At(point.Energy);
            if (points.Count > 0) points.Add(new(time, points[^1].Y));
            points.Add(new(time, value));
        }
        if (points.Count > 0) points.Add(new(Math.Max(points[^1].X, result.Seconds), points[^1].Y));
        return SvgChart.Line(new ChartFrame(title)
        {
            XTitle = "seconds",
            YTitle = $"best {objective.Name}",
            LogX = true,
        }, new ChartSeries($"best {objective.Name}", points));
    }

    /// <summary>Energies by temperature, with bands of a standard deviation.</summary>
    public static string Ladder(SearchResult result, SearchObjective objective, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(objective);
        var series = new ChartSeries("chains, mean ± standard deviation", [.. result.Ladder.Select(rung =>
        {
            double value = objective.At(rung.Energy);
            return new ChartPoint(rung.Beta, value, value - rung.Deviation, value + rung.Deviation);
        })]);
        double best = objective.At(result.Energy);
        var line = new ChartSeries("best", [.. result.Ladder.Select(rung => new ChartPoint(rung.Beta, best))]);
        return SvgChart.Line(new ChartFrame(title) { XTitle = "inverse temperature β", YTitle = objective.Name, LogX = true }, series,
            line);
    }

    /// <summary>How often chains of neighbouring temperatures exchange their states, and what share of the variables a sweep
    /// changes.</summary>
    public static string Exchanges(SearchResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return SvgChart.Line(new ChartFrame(title) { XTitle = "inverse temperature β", YTitle = "share", LogX = true, FromZero = true },
            new ChartSeries("exchanges with the next colder", [.. result.Ladder.Select(rung => new ChartPoint(rung.Beta, rung.SwapRate))]),
            new ChartSeries("variables changed by a sweep", [.. result.Ladder.Select(rung => new ChartPoint(rung.Beta, rung.Acceptance))]));
    }
}
