namespace Boltzmann.Cli.Searches;

/// <summary>What a search may be of, as far as its options care.</summary>
[Flags]
enum SearchSubject
{
    /// <summary>A quadratic energy: a graph to cut, a QUBO, spins.</summary>
    Energy = 1,

    /// <summary>Clauses of a file.</summary>
    Clauses = 2,

    /// <summary>A problem of constraints, from a file or by name.</summary>
    Constraints = 4,

    /// <summary>What is one energy, from a file.</summary>
    Files = Energy | Clauses,

    /// <summary>Everything but a model.</summary>
    Problems = Energy | Clauses | Constraints,

    /// <summary>A learned machine.</summary>
    Model = 8,
}
