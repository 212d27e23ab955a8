namespace Boltzmann.Reporting;

/// <summary>A curve of a panel over time.</summary>
/// <param name="Name">What the legend calls it; empty where the panel's name says it.</param>
/// <param name="Points">In order of time; NaN leaves a gap; a band where there are ends.</param>
/// <param name="Color">Number of its colour, from 0; of no meaning for a thin one.</param>
/// <param name="Look">How it is drawn.</param>
sealed record TimeCurve(string Name, IReadOnlyList<ChartPoint> Points, int Color = 0, CurveLook Look = CurveLook.Line)
{
    // Two for each pixel of a plot: least and greatest.
    const int MostPoints = 1200;

    /// <summary>Values of successive steps.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="first">The step of the first value.</param>
    /// <param name="values">The values.</param>
    /// <param name="color">Number of its colour.</param>
    /// <param name="look">How it is drawn.</param>
    public static TimeCurve Of(string name, double first, IEnumerable<double> values, int color = 0, CurveLook look = CurveLook.Line) =>
        new(name, [.. values.Select((y, i) => new ChartPoint(first + i, y))], color, look);

    /// <summary>
    /// The points, or where they are more than a picture can show, the least and the greatest of each stretch of time, so that no peak is
    /// lost.
    /// </summary>
    public IReadOnlyList<ChartPoint> Drawn()
    {
        if (Points.Count <= MostPoints) return Points;
        var thinned = new List<ChartPoint>();
        const int Buckets = MostPoints / 2;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            int from = (int)((long)Points.Count * bucket / Buckets), to = (int)((long)Points.Count * (bucket + 1) / Buckets);
            ChartPoint[] stretch = [.. Points.Skip(from).Take(to - from).Where(p => Axis.IsDrawable(p.Y))];
            if (stretch.Length == 0)
            {
                thinned.Add(new(Points[from].X, double.NaN));
                continue;
            }
            ChartPoint least = stretch.MinBy(p => p.Y), most = stretch.MaxBy(p => p.Y);
            double? low = stretch.Min(p => p.Low), high = stretch.Max(p => p.High);
            foreach (ChartPoint p in least.X <= most.X ? (ChartPoint[])[least, most] : [most, least])
                thinned.Add(p with { Low = low, High = high });
        }
        return thinned;
    }
}
