namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a case times; each has a word for tables and files in <see cref="BenchCase"/>.</summary>
enum BenchStep
{
    /// <summary>CD-1 of a machine of two layers.</summary>
    ContrastiveDivergence,

    /// <summary>PCD-1 of a machine of two layers, with as many chains as rows.</summary>
    PersistentDivergence,

    /// <summary>Back-propagation through a network of visible, hidden and ten softmax units, and Adam.</summary>
    FineTuning,

    /// <summary>PCD-1 of a deep Boltzmann machine, with as many chains as rows.</summary>
    DeepMachine,

    /// <summary>Hidden means of many rows at once.</summary>
    Encoding,

    /// <summary>Annealed importance sampling: one inverse temperature of as many chains as rows, in double precision.</summary>
    Annealing,
}
