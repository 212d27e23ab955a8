namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Tells which timings of a run were disturbed: two cores that need long to exchange a word share one core with each other or with another
/// program, or lie further apart than during the rest of the run; and a core below its own peak is shared as well. What is usual for the
/// machine is learned from all timings of the run.
/// </summary>
sealed class Disturbances
{
    /// <summary>Above this many nanoseconds an exchange is disturbed on any machine.</summary>
    public const double WorstExchange = 1000;

    /// <summary>So many times the run's median is disturbed too, for work of several threads.</summary>
    public const double TimesMedian = 3;

    /// <summary>The least share of the best one-thread peak of the run.</summary>
    public const double LeastPeak = 0.85;

    // Of fewer readings the median says little.
    const int FewestReadings = 9;

    readonly List<double> exchanges = [];
    readonly Dictionary<(Precision, int), double> peaks = [];

    /// <summary>Median of all exchanges so far, in nanoseconds; NaN if there were none.</summary>
    public double MedianExchange { get; private set; } = double.NaN;

    /// <summary>Learns from a timing what is usual.</summary>
    public void Add(BenchWidth width, Surroundings around)
    {
        foreach (double exchange in (ReadOnlySpan<double>)[around.ExchangeBefore, around.ExchangeAfter])
            if (double.IsFinite(exchange)) exchanges.Insert(PlaceOf(exchange), exchange);
        if (exchanges.Count > 0) MedianExchange = exchanges[exchanges.Count / 2];
        peaks[(width.Precision, width.VectorBits)] =
            Math.Max(BestPeak(width.Precision, width.VectorBits), Math.Max(around.PeakBefore, around.PeakAfter));
    }

    /// <summary>The best one-thread peak of the run, in GFLOP/s; 0 if there was none.</summary>
    public double BestPeak(Precision precision, int vectorBits) => peaks.GetValueOrDefault((precision, vectorBits));

    /// <summary>Whether a timing was disturbed, as far as the run so far can tell.</summary>
    public bool Contains(BenchWidth width, Surroundings around)
    {
        double exchange = Math.Max(around.ExchangeBefore, around.ExchangeAfter), peak = Math.Min(around.PeakBefore, around.PeakAfter);
        return exchange > WorstExchange || peak < LeastPeak * BestPeak(width.Precision, width.VectorBits)
            || width.Threads > 1 && exchanges.Count >= FewestReadings && exchange > TimesMedian * MedianExchange;
    }

    int PlaceOf(double exchange)
    {
        int place = exchanges.BinarySearch(exchange);
        return place < 0 ? ~place : place;
    }
}
