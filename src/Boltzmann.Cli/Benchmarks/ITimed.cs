namespace Boltzmann.Cli.Benchmarks;

/// <summary>What was timed, on several threads and on one.</summary>
interface ITimed
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>The name without the threads.</summary>
    string Work { get; }

    /// <summary>What it computes with.</summary>
    BenchWidth Width { get; }

    /// <summary>Its timings.</summary>
    JudgedVisits Visits { get; }
}
