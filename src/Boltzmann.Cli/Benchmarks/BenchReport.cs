using Boltzmann.Searching;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>All that a run found.</summary>
sealed record BenchReport
{
    /// <summary>What it ran on.</summary>
    public required BenchMachine Machine { get; init; }

    /// <summary>Name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Time in which two cores exchanged a word before the run, in nanoseconds.</summary>
    public double ExchangeBefore { get; init; }

    /// <summary>The same after it.</summary>
    public double ExchangeAfter { get; init; }

    /// <summary>Median of all exchanges during the run.</summary>
    public double ExchangeMedian { get; init; }

    /// <summary>FMA peak of one thread, float32 at the widest vectors: the best of the run, in GFLOP/s.</summary>
    public double OneThreadPeak { get; init; }

    /// <summary>Visits that were repeated.</summary>
    public int Repeats { get; init; }

    /// <summary>The cases.</summary>
    public IReadOnlyList<BenchResult> Results { get; init; } = [];

    /// <summary>Seconds of the nearest neighbours; NaN if they were not asked for.</summary>
    public double Neighbors { get; init; } = double.NaN;

    /// <summary>Spins per second of the grid; NaN if it was not asked for.</summary>
    public double Spins { get; init; } = double.NaN;

    /// <summary>Sweeps of searches, by name.</summary>
    public IReadOnlyList<(string Name, SearchSpeed Speed)> Searches { get; init; } = [];

    /// <summary>Steps a second that machines with memory learn, by name.</summary>
    public IReadOnlyList<(string Name, double StepsPerSecond)> Sequences { get; init; } = [];

    /// <summary>Steps beside other processes.</summary>
    public IReadOnlyList<ProcessResult> Processes { get; init; } = [];

    /// <summary>Why there are none although they were asked for.</summary>
    public string? ProcessFailure { get; init; }

    /// <summary>An earlier run.</summary>
    public BenchBaseline? Before { get; init; }

    /// <summary>Names that the earlier run is expected to have: those that were asked for.</summary>
    public Func<string, bool> IsWanted { get; init; } = _ => true;
}
