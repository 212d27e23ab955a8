using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Operations of one shape that are visited together: they follow one another again and again, so that each finds the caches as the ones
/// before it leave them.
/// </summary>
sealed class OperationEntry : IBenchEntry
{
    const double VisitSeconds = 0.15;
    const int FewestCalls = 5;

    readonly BenchShape shape;
    readonly CpuBackend backend;
    readonly string[] names;
    readonly Action[] actions;
    readonly List<double>[] times;
    readonly List<BenchVisit>[] visits;

    public OperationEntry(IReadOnlyList<string> names, BenchShape shape, CpuBackend backend, Precision precision)
    {
        (this.shape, this.backend, Width) = (shape, backend, new(precision, backend.VectorBits, backend.Threads));
        this.names = [.. names];
        var set = new OperationSet(shape, new Placement(backend, precision));
        actions = [.. names.Select(set.Find)];
        times = [.. names.Select(_ => new List<double>())];
        visits = [.. names.Select(_ => new List<BenchVisit>())];
    }

    public BenchWidth Width { get; }

    public Surroundings Visit()
    {
        // Code that is new is compiled again after its first calls.
        if (visits[0].Count == 0) Repeat();
        foreach (List<double> list in times) list.Clear();
        Surroundings around = Surroundings.Measure(Width, Repeat);
        for (int i = 0; i < names.Length; i++)
        {
            times[i].Sort();
            visits[i].Add(new(times[i][times[i].Count / 2], times[i][0], around));
        }
        return around;
    }

    /// <summary>What the operations have reached.</summary>
    public IEnumerable<OperationResult> Results(Disturbances disturbances) => names.Select((name, i) => new OperationResult(name, shape,
        Width, backend.SkipZeros, new JudgedVisits(visits[i], Width, disturbances)));

    void Repeat()
    {
        long start = Stopwatch.GetTimestamp();
        for (int calls = 0; calls < FewestCalls || Stopwatch.GetElapsedTime(start).TotalSeconds < VisitSeconds; calls++)
            for (int i = 0; i < actions.Length; i++)
            {
                long before = Stopwatch.GetTimestamp();
                actions[i]();
                times[i].Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
    }
}
