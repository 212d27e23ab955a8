namespace Boltzmann.Cli.Benchmarks;

/// <summary>Work that is visited again and again.</summary>
interface IBenchEntry
{
    /// <summary>What it computes with.</summary>
    BenchWidth Width { get; }

    /// <summary>Times it once more, keeps what was found, and tells what the machine was like.</summary>
    Surroundings Visit();
}
