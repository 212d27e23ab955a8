using System.Diagnostics;

namespace Boltzmann.Compute;

/// <summary>
/// How long two cores need to pass a word to and fro. Virtual cores that share a cache take about 100 ns, cores on different dies four
/// times as long; on the latter, small batches gain little from a second thread, so timings should name this figure. Above 1000 ns
/// something disturbs the two: another program, or a hypervisor that runs both on one core.
/// </summary>
public static class PingPong
{
    const int Rounds = 5, Exchanges = 20_000, BriefRounds = 9, BriefExchanges = 100;
    const int Word = 16, End = 32, Words = 48;               // on cache lines of their own, which are fetched in pairs
    const int SpinsBetweenLooks = 256;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(2), briefPatience = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Median time of one exchange there and back, in nanoseconds; NaN on a machine with a single core. Takes 10 to 50 ms, at most 2 s; if
    /// the other thread does not answer in that time, the time that was waited for it.
    /// </summary>
    public static double Measure() => Measure(Rounds, Exchanges, patience, Answer);

    /// <summary>
    /// The same in a few short bursts, to be taken right before and after a timing: their median. Takes 0.2 to 0.6 ms, at most 10 ms.
    /// </summary>
    public static double MeasureBriefly() => Measure(BriefRounds, BriefExchanges, briefPatience, Answer);

    /// <summary>Median of rounds of exchanges with a thread that runs a given answer.</summary>
    internal static double Measure(int rounds, int exchanges, TimeSpan patience, Action<long[]> answer)
    {
        if (Environment.ProcessorCount < 2) return double.NaN;
        var words = new long[Words];
        var partner = new Thread(() => answer(words)) { IsBackground = true };
        partner.Start();
        long value = 0, begin = Stopwatch.GetTimestamp(), last = begin + (long)(patience.TotalSeconds * Stopwatch.Frequency);
        var times = new List<double>(rounds);
        // The first answer waits for the thread to start.
        bool isAnswered = Exchange(words, ref value, last);
        if (!isAnswered) times.Add(Stopwatch.GetElapsedTime(begin).TotalNanoseconds);
        while (isAnswered && times.Count < rounds)
        {
            long start = Stopwatch.GetTimestamp();
            int done = 0;
            while (done < exchanges && (isAnswered = Exchange(words, ref value, last))) done++;
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / Math.Max(1, done));
        }
        Volatile.Write(ref words[End], 1);
        partner.Join();
        times.Sort();
        return times[times.Count / 2];
    }

    // Odd words are asked, even ones answered. False if no answer came until the last moment.
    static bool Exchange(long[] words, ref long value, long last)
    {
        Volatile.Write(ref words[Word], ++value);
        value++;
        for (int spins = 1; Volatile.Read(ref words[Word]) != value; spins++)
            if (spins % SpinsBetweenLooks == 0 && Stopwatch.GetTimestamp() > last) return false;
        return true;
    }

    static void Answer(long[] words)
    {
        for (long next = 1; ; next += 2)
        {
            for (int spins = 1; Volatile.Read(ref words[Word]) != next; spins++)
                if (spins % SpinsBetweenLooks == 0 && Volatile.Read(ref words[End]) != 0) return;
            Volatile.Write(ref words[Word], next + 1);
        }
    }
}
