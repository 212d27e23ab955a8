using System.Diagnostics;

namespace Boltzmann.Compute;

/// <summary>
/// How long two cores need to pass a word to and fro. Virtual cores that share a cache take about 100 ns, cores on different dies four
/// times as long; on the latter, small batches gain little from a second thread, so timings should name this figure.
/// </summary>
public static class PingPong
{
    const int Exchanges = 20_000, Rounds = 5;

    /// <summary>Median time of one exchange there and back, in nanoseconds; NaN on a machine with a single core.</summary>
    public static double Measure()
    {
        if (Environment.ProcessorCount < 2) return double.NaN;
        var word = new long[32];
        var partner = new Thread(() => Answer(word));
        partner.Start();
        var times = new double[Rounds];
        long value = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Exchanges; i++)
            {
                Volatile.Write(ref word[16], ++value);
                value++;
                while (Volatile.Read(ref word[16]) != value) { }
            }
            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Exchanges;
        }
        partner.Join();
        Array.Sort(times);
        return times[Rounds / 2];
    }

    static void Answer(long[] word)
    {
        for (long next = 1; next < 2L * Exchanges * Rounds; next += 2)
        {
            while (Volatile.Read(ref word[16]) != next) { }
            Volatile.Write(ref word[16], next + 1);
        }
    }
}
