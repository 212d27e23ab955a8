namespace Boltzmann.Reporting;

/// <summary>
/// Curves of what was seen and what is predicted, a panel for each column: with a band of the probable futures, and persistence, the last
/// value again, as a thin line.
/// </summary>
public static class ForecastChart
{
    /// <summary>More panels are not drawn.</summary>
    public const int MostPanels = 8;

    const string Persistence = "persistence", BandWords = "; the band holds 90 % of the sampled futures";

    /// <summary>Future steps: the last observed ones, and the prediction that goes on from them.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="observed">[T × V]; the last <paramref name="shown"/> of them are drawn.</param>
    /// <param name="mean">[H × V], E[x] of the steps after.</param>
    /// <param name="low">[H × V], the quantiles 0.05 of sampled futures; null without a band.</param>
    /// <param name="high">[H × V], the quantiles 0.95.</param>
    /// <param name="actual">[up to H × V], what came after all, where it is known.</param>
    /// <param name="names">Names of the columns; numbers when null.</param>
    /// <param name="shown">Observed steps that are drawn.</param>
    /// <param name="start">Number of the first observed step; below 1 where steps before number 1 are known.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit each other.</exception>
    public static string Future(string title, IReadOnlyList<double[]> observed, IReadOnlyList<double[]> mean,
        IReadOnlyList<double[]>? low = null, IReadOnlyList<double[]>? high = null, IReadOnlyList<double[]>? actual = null,
        IReadOnlyList<string>? names = null, int shown = 100, int start = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shown, 1);
        int width = Math.Max(StepRows.Width(observed, nameof(observed)), StepRows.Width(mean, nameof(mean))), steps = observed.Count;
        StepRows.RequireWidth(observed, width, nameof(observed));
        StepRows.RequireWidth(mean, width, nameof(mean));
        StepRows.RequireWidth(actual, width, nameof(actual));
        RequireBand(low, high, mean.Count, width);
        int first = Math.Max(0, steps - shown);
        TimePanel[] panels = [.. Enumerable.Range(0, Math.Min(width, MostPanels)).Select(Panel)];
        string caption = (first > 0 ? $"step; observed up to {start + steps - 1}, drawn from {start + first} on" : "step")
            + (low is null ? "" : BandWords);
        return Drawn(title, panels, width, caption, steps == 0 ? [] : [(start + steps - 0.5, "forecast")]);

        TimePanel Panel(int column)
        {
            var curves = new List<TimeCurve>();
            if (steps > 0 && mean.Count > 0)
                curves.Add(TimeCurve.Of(Persistence, start + steps - 1, Enumerable.Repeat(observed[^1][column], mean.Count + 1),
                    look: CurveLook.Thin));
            if (steps > 0) curves.Add(TimeCurve.Of("observed", start + first, observed.Skip(first).Select(row => row[column])));
            if (actual is not null) curves.Add(TimeCurve.Of("what came", start + steps, actual.Select(row => row[column]), 2));
            curves.Add(new("predicted", [.. Joined(column), .. Predicted(mean, low, high, column, start + steps)], 1));
            return new(StepRows.NameOf(names, column), curves);
        }

        // The prediction goes on from the last value seen, without a band there.
        IEnumerable<ChartPoint> Joined(int column) =>
            steps > 0 && mean.Count > 0 ? [new(start + steps - 1, observed[^1][column], low is null ? null : observed[^1][column])] : [];
    }

    /// <summary>One step ahead: what was predicted for each step from those before, against what came.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="actual">[T × V].</param>
    /// <param name="predicted">[T × V], E[x_t | x_1 … x_{t−1}]; NaN where there is none.</param>
    /// <param name="low">[T × V], the quantiles 0.05; null without a band.</param>
    /// <param name="high">[T × V], the quantiles 0.95.</param>
    /// <param name="names">Names of the columns; numbers when null.</param>
    /// <param name="shown">Steps that are drawn, the last ones.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit each other.</exception>
    public static string OneStep(string title, IReadOnlyList<double[]> actual, IReadOnlyList<double[]> predicted,
        IReadOnlyList<double[]>? low = null, IReadOnlyList<double[]>? high = null, IReadOnlyList<string>? names = null, int shown = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shown, 1);
        int width = StepRows.Width(actual, nameof(actual)), first = Math.Max(0, actual.Count - shown);
        StepRows.RequireSize(predicted, actual.Count, width, nameof(predicted));
        RequireBand(low, high, actual.Count, width);
        TimePanel[] panels = [.. Enumerable.Range(0, Math.Min(width, MostPanels)).Select(Panel)];
        string caption = (first > 0 ? $"step; the last {shown} of {actual.Count}" : "step") + (low is null ? "" : BandWords);
        return Drawn(title, panels, width, caption, []);

        TimePanel Panel(int column)
        {
            int start = Math.Max(first, 1);
            return new(StepRows.NameOf(names, column),
            [
                TimeCurve.Of(Persistence, start + 1, actual.Skip(start - 1).Take(actual.Count - start).Select(row => row[column]),
                    look: CurveLook.Thin),
                TimeCurve.Of("what came", first + 1, actual.Skip(first).Select(row => row[column])),
                new("predicted", [.. Predicted(predicted, low, high, column, 1).Skip(first)], 1),
            ]);
        }
    }

    static IEnumerable<ChartPoint> Predicted(IReadOnlyList<double[]> mean, IReadOnlyList<double[]>? low, IReadOnlyList<double[]>? high,
        int column, int first) =>
        mean.Select((row, t) => new ChartPoint(first + t, row[column], low?[t][column], high?[t][column]));

    static string Drawn(string title, TimePanel[] panels, int width, string caption, IReadOnlyList<(double, string)> borders)
    {
        // Many panels are lower, so that they are seen together.
        panels = [.. panels.Select(panel => panel with { Height = panels.Length > 3 ? 80 : 120 })];
        if (width > MostPanels) caption += $"; the first {MostPanels} of {width} columns";
        return TimePanels.Svg(title, panels.Length == 0 ? [new("", [])] : panels, caption, borders);
    }

    static void RequireBand(IReadOnlyList<double[]>? low, IReadOnlyList<double[]>? high, int steps, int width)
    {
        if (low is null != high is null) throw new ArgumentException("a band has two ends; only one was given");
        StepRows.RequireSize(low, steps, width, nameof(low));
        StepRows.RequireSize(high, steps, width, nameof(high));
    }
}
