using System.Diagnostics;
using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>Searches with several seeds, of which what was measured is kept.</summary>
/// <param name="context">The experiment's.</param>
/// <param name="kept">Where.</param>
/// <param name="seeds">Seeds for each problem.</param>
sealed class SearchTrials(ExperimentContext context, Measurements kept, int seeds)
{
    public ExperimentContext Context => context;

    public int Seeds => seeds;

    public bool IsQuick => context.Quick;

    /// <summary>Seconds that a search gets; nearly none for a smoke test.</summary>
    public double Seconds(double full) => context.Quick ? Math.Min(0.3, full) : full;

    /// <summary>Some numbers of each of several trials, measured once.</summary>
    /// <param name="name">Of the measurement.</param>
    /// <param name="trials">How many.</param>
    /// <param name="each">The numbers of a trial, told its number.</param>
    public double[][] Each(string name, int trials, Func<int, double[]> each)
    {
        double[] all = kept.Once(name, () => [.. Enumerable.Range(0, trials).SelectMany(each)]);
        return [.. all.Chunk(Math.Max(1, all.Length / Math.Max(1, trials)))];
    }

    /// <summary>
    /// A program's first searches compile it, and compile it better: so some seconds of others than those that are measured come first.
    /// </summary>
    /// <param name="other">Does one, told its number.</param>
    public void WarmUp(Action<int> other)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int k = 0; Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds(2); k++) other(k);
    }

    /// <summary>Searches; an interruption ends the experiment.</summary>
    public SearchResult Solve(BinaryEnergy energy, ISearchMethod method, StopRule stop, int seed)
    {
        SearchResult result = Search.Best(energy, method, stop with { Cancellation = context.Interrupted }, context.Seed + (ulong)seed,
            context.Placement.Backend);
        context.Interrupted.ThrowIfCancellationRequested();
        return result;
    }

    public static double Median(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted[sorted.Length / 2];
    }
}
