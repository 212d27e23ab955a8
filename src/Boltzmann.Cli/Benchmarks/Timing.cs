using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times one action again and again.</summary>
static class Timing
{
    // The median of three is the least that one late step does not spoil; only steps of more than 50 ms come to so few.
    const int FewestCalls = 3;

    /// <summary>Median and least time of a call, in milliseconds.</summary>
    public static (double Median, double Fastest) Of(Action action, double seconds)
    {
        var times = new List<double>();
        for (double total = 0; total < seconds || times.Count < FewestCalls; total += times[^1])
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        times.Sort();
        return (times[times.Count / 2] * 1e3, times[0] * 1e3);
    }
}
