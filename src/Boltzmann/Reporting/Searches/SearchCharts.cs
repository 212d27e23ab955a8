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
        return Trace(result.Trace.Select(point => (point.Seconds, objective.At(point.Energy))), result.Seconds, objective.Name, title);
    }

    /// <summary>The energy of a problem's best solution over the logarithm of time: objective and violations.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="title">Above the chart.</param>
    public static string Trace(ProblemResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Trace(result.Trace.Select(point => (point.Seconds, point.Energy)), result.Seconds, "energy", title);
    }

    static string Trace(IEnumerable<(double Seconds, double Value)> trace, double end, string name, string title)
    {
        // A step at each improvement: between two the best state stays what it is.
        var points = new List<ChartPoint>();
        foreach (var (seconds, value) in trace)
        {
            double time = Math.Max(1e-4, seconds);
            if (points.Count > 0) points.Add(new(time, points[^1].Y));
            points.Add(new(time, value));
        }
        if (points.Count > 0) points.Add(new(Math.Max(points[^1].X, end), points[^1].Y));
        return SvgChart.Line(new ChartFrame(title)
        {
            XTitle = "seconds",
            YTitle = $"best {name}",
            LogX = true,
        }, new ChartSeries($"best {name}", points));
    }

    /// <summary>Energies by temperature, with bands of a standard deviation.</summary>
    public static string Ladder(SearchResult result, SearchObjective objective, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(objective);
        return Ladder(result.Ladder, objective.At, objective.At(result.Energy), objective.Name, title);
    }

    /// <summary>Energies of a problem's largest part by temperature, with bands of a standard deviation.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="title">Above the chart.</param>
    public static string Ladder(ProblemResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Ladder(result.Ladder, energy => energy, null, "energy", title);
    }

    static string Ladder(IReadOnlyList<LadderRung> ladder, Func<double, double> at, double? best, string name, string title)
    {
        List<ChartSeries> series = [new("chains, mean ± standard deviation", [.. ladder.Select(rung =>
        {
            double value = at(rung.Energy);
            return new ChartPoint(rung.Beta, value, value - rung.Deviation, value + rung.Deviation);
        })])];
        // Of several parts searched apart, the best energy is of all and the ladder of one.
        if (best is double lowest) series.Add(new("best", [.. ladder.Select(rung => new ChartPoint(rung.Beta, lowest))]));
        return SvgChart.Line(new ChartFrame(title) { XTitle = "inverse temperature β", YTitle = name, LogX = true }, series);
    }

    /// <summary>How often chains of neighbouring temperatures exchange their states, and what share of the variables a sweep
    /// changes.</summary>
    public static string Exchanges(SearchResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Exchanges(result.Ladder, title);
    }

    /// <summary>As for energies without names.</summary>
    /// <param name="ladder">The temperatures.</param>
    /// <param name="title">Above the chart.</param>
    public static string Exchanges(IReadOnlyList<LadderRung> ladder, string title)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        return SvgChart.Line(new ChartFrame(title) { XTitle = "inverse temperature β", YTitle = "share", LogX = true, FromZero = true },
            new ChartSeries("exchanges with the next colder", [.. ladder.Select(rung => new ChartPoint(rung.Beta, rung.SwapRate))]),
            new ChartSeries("variables changed by a sweep", [.. ladder.Select(rung => new ChartPoint(rung.Beta, rung.Acceptance))]));
    }
}
