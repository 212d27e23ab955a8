namespace Boltzmann.Reporting;

/// <summary>The anomaly score of each step, −log p(x_t | x_1 … x_{t−1}), under the signal; the most improbable steps are ringed.</summary>
public static class AnomalyChart
{
    const int MostSignals = 4;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="rows">[T × V], the signal; its first four columns are drawn.</param>
    /// <param name="scores">[T], in nats; NaN where there is none; ∞ where the step was impossible, at the upper edge.</param>
    /// <param name="marked">How many of the greatest are ringed, at most one in a stretch of 1 % of the steps.</param>
    /// <param name="names">Names of the columns; numbers when null.</param>
    /// <exception cref="ArgumentException">Scores are not of these steps.</exception>
    public static string Svg(string title, IReadOnlyList<double[]> rows, IReadOnlyList<double> scores, int marked = 5,
        IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfNegative(marked);
        int width = StepRows.Width(rows);
        if (scores.Count != rows.Count) throw new ArgumentException($"{scores.Count} scores do not fit {rows.Count} steps", nameof(scores));
        double top = scores.Where(s => Axis.IsDrawable(s)).DefaultIfEmpty(0).Max();
        double[] heights = [.. scores.Select(s => double.IsPositiveInfinity(s) ? top : s)];
        int[] greatest = Greatest(scores, marked);
        var panels = new List<TimePanel>();
        for (int column = 0; column < Math.Min(width, MostSignals); column++)
        {
            int c = column;
            panels.Add(new(StepRows.NameOf(names, c), [TimeCurve.Of("", 1, rows.Select(row => row[c]))])
            {
                Height = width == 1 ? 120 : 70,
                Marks = [.. greatest.Select(t => (new ChartPoint(t + 1, rows[t][c]), ""))],
            });
        }
        panels.Add(new("anomaly score −log p, nats", [TimeCurve.Of("", 1, heights, 4)])
        {
            Marks = [.. greatest.Select(t => (new ChartPoint(t + 1, heights[t]), $"{t + 1}{(double.IsInfinity(scores[t]) ? ": ∞" : "")}"))],
        });
        string caption = width > MostSignals ? $"step; the first {MostSignals} of {width} columns" : "step";
        return TimePanels.Svg(title, panels, caption);
    }

    /// <summary>
    /// The steps of the greatest scores, the greatest first, and only the greatest of those close to each other; none where all are equal.
    /// </summary>
    internal static int[] Greatest(IReadOnlyList<double> scores, int count)
    {
        int apart = scores.Count / 100;
        var chosen = new List<int>();
        double least = scores.Where(s => !double.IsNaN(s)).DefaultIfEmpty(0).Min();
        foreach (int t in Enumerable.Range(0, scores.Count).Where(t => scores[t] > least).OrderByDescending(t => scores[t]))
        {
            if (chosen.Count == count) break;
            if (chosen.All(other => Math.Abs(other - t) > apart)) chosen.Add(t);
        }
        return [.. chosen];
    }
}
