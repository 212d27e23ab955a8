using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Training steps of two processes side by side, each with all threads, and of one beside a busy thread of another: programs share
/// machines, and neither may starve the other.
/// </summary>
static class ProcessBenchmark
{
    /// <summary>Names of the two cases.</summary>
    public const string Two = "two-processes", Busy = "busy-thread";

    const int Rounds = 3;
    const double AloneSeconds = 0.4, TogetherSeconds = 1, WarmSeconds = 0.3, SecondsAround = 0.2;

    /// <summary>The step that all take: CD-1 at batch 10, no zeros skipped.</summary>
    public static BenchCase Case(int threads, int vectorBits) =>
        new(BenchStep.ContrastiveDivergence, 784, 1024, 10, Precision.Float32, SkipZeros: false, vectorBits, threads);

    /// <summary>Times a case beside a companion.</summary>
    /// <param name="name"><see cref="Two"/> or <see cref="Busy"/>.</param>
    /// <param name="step">Takes a step of <see cref="Case"/>.</param>
    /// <param name="companion">The other process.</param>
    /// <param name="width">What the step computes with.</param>
    /// <param name="disturbances">What is usual in the run.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <exception cref="InvalidOperationException">The companion ended or did not answer.</exception>
    public static ProcessResult Measure(string name, Action step, Companion companion, BenchWidth width, Disturbances disturbances,
        CancellationToken interrupted)
    {
        var rounds = new List<ProcessResult>();
        _ = Rate(step, WarmSeconds);
        for (int round = 0; round < Rounds; round++)
        {
            interrupted.ThrowIfCancellationRequested();
            double alone = 0, ratio = 0;
            Surroundings around = Surroundings.Measure(width, () => (alone, ratio) = Compare(name, step, companion));
            disturbances.Add(width, around);
            rounds.Add(new(name, alone, ratio, around, disturbances.Contains(width, around)));
        }
        ProcessResult[] quiet = [.. rounds.Where(r => !r.IsDisturbed)];
        ProcessResult[] used = [.. (quiet.Length > 0 ? quiet : [.. rounds]).OrderBy(r => r.Ratio)];
        return used[used.Length / 2];
    }

    /// <summary>Steps per second of an action that is taken again and again.</summary>
    public static double Rate(Action step, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        int steps = 0;
        double elapsed;
        do
        {
            step();
            steps++;
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (elapsed < seconds);
        return steps / elapsed;
    }

    // The companion begins before and ends after what is timed of this process, so that the two overlap all the time.
    static (double Alone, double Ratio) Compare(string name, Action step, Companion companion)
    {
        double before = Rate(step, AloneSeconds);
        companion.Begin(name == Two ? Companion.Steps : Companion.Spin, TogetherSeconds);
        _ = Rate(step, SecondsAround);
        double own = Rate(step, TogetherSeconds - 2 * SecondsAround);
        _ = Rate(step, SecondsAround);
        double other = companion.End();
        double alone = (before + Rate(step, AloneSeconds)) / 2;
        return (alone, (own + (name == Two ? other : 0)) / alone);
    }
}
