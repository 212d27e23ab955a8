using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times exact nearest neighbours of many rows: numbers as dense as features, so that nothing is skipped.</summary>
static class NeighborBenchmark
{
    /// <summary>The size of MNIST's features.</summary>
    public const int Queries = 10_000, Rows = 60_000, Columns = 1024, Neighbors = 3;

    /// <summary>Seconds to find the neighbours of all queries.</summary>
    public static double Measure(Placement placement, ulong seed)
    {
        var rng = new Rng(seed);
        Matrix rows = new(Rows, Columns, placement), queries = new(Queries, Columns, placement);
        rows.SampleUniform(rng);
        queries.SampleUniform(rng);
        var classifier = new KNearestNeighbors(Neighbors);
        var labels = new int[Rows];
        for (int r = 0; r < Rows; r += 2) labels[r] = 1;
        classifier.Fit(rows, labels);
        var clock = Stopwatch.StartNew();
        _ = classifier.Find(queries);
        return clock.Elapsed.TotalSeconds;
    }
}
