using Boltzmann.Searching;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times the sweeps of a search on one core, on energies of different shapes.</summary>
static class SearchBenchmark
{
    const string Prefix = "search ";

    /// <summary>Names of the energies, as a filter knows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SearchWorkload.All.Select(load => Prefix + load.Name)];

    /// <summary>What a name stands for, in words.</summary>
    public static string Words(string name) => Of(name).Words;

    /// <summary>Measures one.</summary>
    public static SearchSpeed Measure(string name, int vectorBits, ulong seed) =>
        SearchSpeed.Measure(Of(name).Make(seed), vectorBits, seed);

    static SearchWorkload Of(string name) => SearchWorkload.All.First(load => Prefix + load.Name == name);
}
