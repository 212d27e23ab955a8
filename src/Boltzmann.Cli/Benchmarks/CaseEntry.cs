namespace Boltzmann.Cli.Benchmarks;

/// <summary>A case that is visited: its next steps, and the visits so far.</summary>
sealed class CaseEntry(BenchCase bench, Action step) : IBenchEntry
{
    const double VisitSeconds = 0.2, WarmSeconds = 0.1;

    readonly List<BenchVisit> visits = [];

    public BenchWidth Width => bench.Width;

    public Surroundings Visit()
    {
        // Encoding makes its results anew: neither memory nor the next case is to bear them.
        GC.Collect();
        // Code that is new is compiled again after its first calls.
        if (visits.Count == 0) _ = Timing.Of(step, WarmSeconds);
        double median = 0, fastest = 0;
        Surroundings around = Surroundings.Measure(Width, () => (median, fastest) = Timing.Of(step, VisitSeconds));
        int steps = BenchWork.StepsPerCall(bench);
        visits.Add(new(median / steps, fastest / steps, around));
        return around;
    }

    /// <summary>What the case has reached.</summary>
    public BenchResult Result(Disturbances disturbances) => new(bench, new JudgedVisits(visits, Width, disturbances));
}
