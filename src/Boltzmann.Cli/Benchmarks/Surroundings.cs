namespace Boltzmann.Cli.Benchmarks;

/// <summary>What the machine was like around a timing.</summary>
/// <param name="ExchangeBefore">Time in which two cores exchanged a word right before, in nanoseconds; NaN with a single core.</param>
/// <param name="ExchangeAfter">The same right after.</param>
/// <param name="PeakBefore">FMA peak of one thread right before, in GFLOP/s.</param>
/// <param name="PeakAfter">The same right after.</param>
readonly record struct Surroundings(double ExchangeBefore, double ExchangeAfter, double PeakBefore, double PeakAfter)
{
    const double PeakSeconds = 0.005;

    // Idle threads of a team spin for a while before they sleep; until then they would take the second core from the exchange.
    const int MillisecondsToSettle = 1;

    /// <summary>Does something between two looks at the machine.</summary>
    public static Surroundings Measure(BenchWidth width, Action timing)
    {
        double peakBefore = Peak(width), exchangeBefore = PingPong.MeasureBriefly();
        timing();
        double peakAfter = Peak(width);
        Thread.Sleep(MillisecondsToSettle);
        return new(exchangeBefore, PingPong.MeasureBriefly(), peakBefore, peakAfter);
    }

    static double Peak(BenchWidth width) => FmaPeak.Measure(width.Precision, width.VectorBits, 1, PeakSeconds);
}
