namespace Boltzmann.Cli.Benchmarks;

/// <summary>What several threads gain over one.</summary>
static class Scaling
{
    /// <summary>Below this speed over one thread more threads are slower; between it and 1 lies noise.</summary>
    public const double LeastOverOne = 0.95;

    /// <summary>Speed over that of one thread at the same work in the same run; null where that was not measured, or is this.</summary>
    public static double? OverOneThread<T>(this T timed, IEnumerable<T> results) where T : class, ITimed =>
        OneThread(timed, results)?.Visits.Best.Milliseconds / timed.Visits.Best.Milliseconds;

    /// <summary>Whether more threads took longer than one, as far as undisturbed visits of both tell.</summary>
    public static bool IsSlower<T>(this T timed, IEnumerable<T> results) where T : class, ITimed => !timed.Visits.AreOnlyDisturbed
        && OneThread(timed, results)?.Visits.AreOnlyDisturbed == false && timed.OverOneThread(results) < LeastOverOne;

    static T? OneThread<T>(T timed, IEnumerable<T> results) where T : class, ITimed =>
        timed.Width.Threads == 1 ? null : results.FirstOrDefault(other => other.Width.Threads == 1 && other.Work == timed.Work);
}
